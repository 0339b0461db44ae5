using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Binding;
using Backprop.Domain.Training.Steps;

namespace Backprop.Compute.Training;

/// <summary>
/// The plans of a run. A step is one plan; if gradients are accumulated or are finite differences, it is one for each micro-batch and one for the
/// update. There is one plan per size of a batch.
/// </summary>
internal sealed class StepPlans
{
    /// <summary>A whole step, or the part of a micro-batch, by the size of the batch; the loss alone for finite differences.</summary>
    public required IReadOnlyDictionary<int, StepPlan> Batches { get; init; }

    /// <summary>The update; null if it is part of the step's plan.</summary>
    public required StepPlan? Update { get; init; }

    /// <summary>The loss on validation data, by the size of the batch.</summary>
    public required IReadOnlyDictionary<int, StepPlan> Validation { get; init; }

    /// <summary>All of them.</summary>
    public IEnumerable<StepPlan> All => [.. Batches.Values, .. Validation.Values, .. Update is null ? [] : new[] { Update }];

    /// <summary>Compiles all of them.</summary>
    /// <exception cref="GraphException">The graph does not fit the values.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public static StepPlans Compile(
        TrainingDefinition definition, BoundTraining training, EngineLimits limits, CancellationToken cancellationToken) =>
        new Compiler(definition, training, limits, cancellationToken).Compile();

    private sealed class Compiler
    {
        private readonly TrainingDefinition definition;
        private readonly BoundTraining training;
        private readonly EngineLimits limits;
        private readonly CancellationToken cancellationToken;
        private readonly TrainingGraphs graphs;

        public Compiler(TrainingDefinition definition, BoundTraining training, EngineLimits limits, CancellationToken cancellationToken)
        {
            (this.definition, this.training, this.limits, this.cancellationToken) = (definition, training, limits, cancellationToken);
            var rule = new UpdateRule(training.Optimizer, definition.Gradients, definition.Record.Parameters);
            string[] parameters = [.. training.Parameters.Select(parameter => parameter.Name)];
            graphs = new TrainingGraphs(training.Loss, parameters, training.Roles, rule, HostExecutor.Evaluate);
        }

        public StepPlans Compile()
        {
            bool isFused = definition.Batches.AccumulationSteps == 1 && definition.Gradients.Method == GradientMethod.Backprop;
            return new StepPlans
            {
                Batches = training.Batches.Sizes.ToDictionary(size => size, size => Batch(size, isFused)),
                Update = isFused ? null : Compiled(graphs.Update([.. training.Parameters.Select(parameter => parameter.Type)], cancellationToken)),
                Validation = (training.ValidationBatches?.Sizes ?? []).ToDictionary(size => size, size =>
                    Compiled(graphs.Loss(Bound(size, RandomMode.Inference), cancellationToken))),
            };
        }

        private StepPlan Batch(int size, bool isFused)
        {
            StepPlan plan = Compiled(Graph(size, isFused));
            double elements = training.Parameters.Sum(parameter => (double)parameter.Type.Count);
            double flops = plan.Flops * ((2 * elements) + 1);
            return definition.Gradients.Method != GradientMethod.FiniteDifferences || flops <= limits.MaxFlops
                ? plan
                : throw new LimitException("Limits:MaxFlops", limits.MaxFlops,
                    $"{flops:0} floating-point operations for the finite differences of {elements:0} elements", "gradient");
        }

        private StepPlan Compiled(StepGraph step) => StepPlan.Compile(step, limits, cancellationToken);

        private StepGraph Graph(int size, bool isFused)
        {
            BoundGraph bound = Bound(size, RandomMode.PerRun);
            return isFused ? graphs.Step(bound, cancellationToken)
                : definition.Gradients.Method == GradientMethod.FiniteDifferences ? graphs.Loss(bound, cancellationToken)
                : graphs.Accumulation(bound, 1.0 / definition.Batches.AccumulationSteps, cancellationToken);
        }

        private BoundGraph Bound(int size, RandomMode random)
        {
            BoundInputs inputs = training.InputsOf(size);
            BoundGraph bound = GraphBinder.Bind(training.Order, inputs, Options(random), cancellationToken);
            Node loss = bound.Output(training.Loss);
            if (!loss.DType.IsFloat() || loss.Type.Count != 1)
            {
                throw new GraphException("loss", $"the loss '{training.Loss}' is {loss.Type}; a float of one element is needed, such as a mean",
                    training.Loss);
            }

            return bound;
        }

        private BindingOptions Options(RandomMode random) => new()
        {
            Evaluator = HostExecutor.Evaluate,
            DefaultDType = definition.DType,
            Batch = training.Changing,
            MaxElements = limits.MaxElements,
            MaxNodes = limits.MaxNodes,
            Random = random,
        };
    }
}

using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Binding;
using Backprop.Domain.Training.Initializers;

namespace Backprop.Compute.Training;

/// <summary>A training run, compiled: forward pass, backward pass, clipping and update are one plan. Immutable; safe for concurrent use.</summary>
public sealed class Trainer
{
    private readonly EngineLimits limits;

    private Trainer(TrainingDefinition definition, BoundTraining training, StepPlans plans, HostExecutor executor, EngineLimits limits)
    {
        (Definition, Training, Plans, Executor, this.limits) = (definition, training, plans, executor, limits);
        Tensors = new RunTensors(training, !definition.Gradients.Zero);
        Parameters = [.. training.Parameters.Select(parameter => parameter.Name)];
    }

    /// <summary>The steps of the whole run.</summary>
    public long Steps => Training.Steps;

    /// <summary>The steps of an epoch.</summary>
    public long StepsPerEpoch => Training.Batches.StepsPerEpoch;

    /// <summary>The names of the parameters, in their order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The bytes of a state.</summary>
    public long StateBytes => Tensors.StateBytes;

    /// <summary>The bytes that a loop holds: data, states and the working memory of a step.</summary>
    public long LoopBytes => DataBytes + (LoopMemory.ParameterSets * RunTensors.Bytes(Tensors.Parameters))
        + (LoopMemory.StateSets * RunTensors.Bytes(Tensors.States))
        + (SumsGradients ? LoopMemory.GradientSets * RunTensors.Bytes(Tensors.Parameters) : 0) + Plans.All.Sum(plan => plan.Plan.PeakBytes);

    internal TrainingDefinition Definition { get; }

    internal BoundTraining Training { get; }

    internal StepPlans Plans { get; }

    internal HostExecutor Executor { get; }

    internal RunTensors Tensors { get; }

    /// <summary>Whether gradients are summed, over micro-batches or over steps.</summary>
    internal bool SumsGradients => Plans.Update is not null || !Definition.Gradients.Zero;

    // Shuffled batches are copies.
    private long DataBytes => (2 * Training.Data.Sum(value => (long)value.Tensor.Bytes().Length)) + (Training.Batches.Examples * (long)sizeof(int))
        + (2 * Training.Validation.Sum(value => (long)value.Tensor.Bytes().Length)) + Training.Fixed.Sum(value => (long)value.Tensor.Bytes().Length);

    /// <summary>Validates and compiles a run; limits are checked before anything is allocated.</summary>
    /// <exception cref="GraphException">The definition is not sound; the path is that of the member in the request.</exception>
    /// <exception cref="LimitException">It would exceed a limit.</exception>
    public static Trainer Compile(TrainingDefinition definition, HostExecutor executor, EngineLimits limits, TrainingLimits training,
        CancellationToken cancellationToken)
    {
        var bound = TrainingBinder.Bind(definition, training, cancellationToken);
        try
        {
            var plans = StepPlans.Compile(definition, bound, limits, cancellationToken);
            var trainer = new Trainer(definition, bound, plans, executor, limits);
            limits.Memory.Require(trainer.LoopBytes);
            return trainer;
        }
        catch (InvalidOperandException error)
        {
            throw new GraphException(string.Empty, $"the training step: {error.Message}");
        }
    }

    /// <summary>The state before the first step.</summary>
    public TrainingState Initial()
    {
        Tensor[] values = [.. Training.Parameters.Select(parameter => parameter.Value
            ?? Initializer.Draw(parameter.Initializer!, parameter.Type, Definition.Batches.Seed, parameter.Name, HostExecutor.Evaluate))];
        Dictionary<string, Tensor> tensors = RunTensors.Copies(Tensors.Parameters, values);
        foreach ((string name, TensorType type) in Tensors.States.Concat(Tensors.Gradients))
        {
            tensors[name] = Tensor.Zeros(type);
        }

        tensors[RunTensors.Updates] = Tensor.Scalar(0L);
        return new TrainingState(0, tensors, null, 0);
    }

    /// <summary>A loop that continues from a state.</summary>
    /// <exception cref="ArgumentException">The state is not one of this run.</exception>
    /// <exception cref="MemoryExhaustedException">Other requests hold too much memory at the moment.</exception>
    public TrainingLoop Continue(TrainingState state) => new(this, state, limits.Memory.Reserve(LoopBytes));
}

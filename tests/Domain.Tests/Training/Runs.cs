using Backprop.Compute.Engine;
using Backprop.Compute.Host;
using Backprop.Compute.Training;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Training;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Domain.Tests.Training;

/// <summary>Training runs of expressions.</summary>
internal static class Runs
{
    private static readonly ExpressionParser Parser = new(OperatorTable.All.Select(row => row.Name));
    private static readonly HostExecutor Executor = new(new BufferPool(1 << 26));

    public static GraphDefinition Graph(string expression) => Parser.Parse(expression);

    public static Trainer Compile(TrainingDefinition definition, TrainingLimits? limits = null, EngineLimits? engine = null) =>
        Trainer.Compile(definition, Executor, engine ?? new EngineLimits(), limits ?? new TrainingLimits(), CancellationToken.None);

    /// <summary>Goes on to the end of the run.</summary>
    public static (TrainingState State, TrainingOutcome Outcome, List<StepMetrics> Metrics) Finish(Trainer trainer, TrainingState? state = null)
    {
        using TrainingLoop loop = trainer.Continue(state ?? trainer.Initial());
        var metrics = new List<StepMetrics>();
        while (loop.Outcome is null)
        {
            if (loop.Advance(CancellationToken.None) is { } recorded)
            {
                metrics.Add(recorded);
            }
        }

        return (loop.Capture(), loop.Outcome, metrics);
    }

    public static (TrainingState State, TrainingOutcome Outcome, List<StepMetrics> Metrics) Finish(TrainingDefinition definition) => Finish(Compile(definition));

    public static Literal Value(double[] values, params int[] shape) => new(Tensor.Of(values, Shape.Of(shape)));
}

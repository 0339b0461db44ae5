using Backprop.Api.Platform.Problems;
using Backprop.Client.Training;
using Backprop.Domain.Training;
using Backprop.Domain.Training.Runs;

namespace Backprop.Api.Features.TrainingRuns;

/// <summary>Maps runs and their metrics to the contract.</summary>
internal static class TrainingRunMapper
{
    /// <summary>A run.</summary>
    public static TrainingRunPage Page(TrainingRun run) => new()
    {
        Id = run.Id,
        State = (TrainingRunState)run.State,
        Pending = Pending(run.Pending),
        Reason = run.Reason is { } reason ? BriefText.Message(reason) : null,
        Step = run.Step,
        Steps = run.Steps,
        Loss = run.Loss,
        CreatedAt = run.CreatedAt,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        SecondsLeft = run.State == RunState.Running && run.StepsPerSecond is > 0 ? (run.Steps - run.Step) / run.StepsPerSecond : null,
        StepsPerSecond = run.StepsPerSecond,
        CheckpointStep = run.CheckpointStep,
        Warnings = Warnings(run),
        Links = Links(run.Id),
    };

    /// <summary>A recorded step.</summary>
    public static TrainingMetric Metric(StepMetrics metric) => new()
    {
        Step = metric.Step,
        Epoch = metric.Epoch,
        Loss = metric.Loss,
        ValidationLoss = metric.ValidationLoss,
        GradientNorm = metric.GradientNorm,
        ClippedNorm = metric.ClippedNorm,
        LearningRate = metric.LearningRate,
        Parameters = metric.Parameters?.ToDictionary(entry => entry.Key, entry => new ParameterMetric
        {
            Norm = entry.Value.Norm,
            GradientNorm = entry.Value.GradientNorm,
            UpdateRatio = entry.Value.UpdateRatio,
        }),
    };

    private static TrainingRunState? Pending(RunCommand? command) => command switch
    {
        RunCommand.Pause => TrainingRunState.Paused,
        RunCommand.Cancel => TrainingRunState.Cancelled,
        _ => null,
    };

    private static IReadOnlyList<TrainingWarning>? Warnings(TrainingRun run) => run.State != RunState.Diverged ? null :
    [
        new TrainingWarning
        {
            Step = run.MetricStep,
            Node = run.Node is { } node ? BriefText.Name(node) : null,
            Reason = BriefText.Message(run.Reason ?? "a value is not finite"),
        },
    ];

    private static TrainingRunLinks Links(string id) => new()
    {
        Self = $"/training-runs/{id}",
        Metrics = $"/training-runs/{id}/metrics",
        Events = $"/training-runs/{id}/events",
        Plot = $"/training-runs/{id}/plot",
        Parameters = $"/training-runs/{id}/parameters",
    };
}

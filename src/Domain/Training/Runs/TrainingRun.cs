namespace Backprop.Domain.Training.Runs;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is computed, or would be if its owner had not died.</summary>
    Running,

    /// <summary>It waits until it is resumed.</summary>
    Paused,

    /// <summary>All steps are done.</summary>
    Completed,

    /// <summary>It ended early, as requested.</summary>
    Stopped,

    /// <summary>A loss or a gradient was not finite.</summary>
    Diverged,

    /// <summary>The service could not compute it.</summary>
    Failed,

    /// <summary>A client ended it.</summary>
    Cancelled,
}

/// <summary>A training run as it is stored.</summary>
/// <param name="Id">Its unguessable id.</param>
/// <param name="State">Its state.</param>
/// <param name="Steps">The steps of the whole run.</param>
/// <param name="CreatedAt">When it was submitted.</param>
public sealed record TrainingRun(string Id, RunState State, long Steps, DateTimeOffset CreatedAt)
{
    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? Learner { get; init; }

    /// <summary>What its owner is to do after the current step; null for nothing, or if it has no owner.</summary>
    public RunCommand? Pending { get; init; }

    /// <summary>The steps done, as far as they are recorded. Never smaller than before.</summary>
    public long Step { get; init; }

    /// <summary>The last step with a metric; 0 before the first.</summary>
    public long MetricStep { get; init; }

    /// <summary>The step of the last checkpoint.</summary>
    public long CheckpointStep { get; init; }

    /// <summary>The loss of the last recorded step; null before the first.</summary>
    public double? Loss { get; init; }

    /// <summary>Steps per second; null before they are known.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>When it was begun; null until then.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it ended; null if it has not, or if all steps are done.</summary>
    public string? Reason { get; init; }

    /// <summary>The node whose value was the first that is not finite, if it diverged.</summary>
    public string? Node { get; init; }

    /// <summary>The width of the vectors that it is computed with, in bits: another width gives other bits.</summary>
    public int VectorBits { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => State.IsOver();
}

/// <summary>Properties of a state.</summary>
public static class RunStates
{
    /// <summary>Whether a run in this state has ended.</summary>
    public static bool IsOver(this RunState state) => state is not (RunState.Queued or RunState.Running or RunState.Paused);

    /// <summary>The state of a run that ended by itself.</summary>
    public static RunState Of(TrainingEnd end) => end switch
    {
        TrainingEnd.Completed => RunState.Completed,
        TrainingEnd.Stopped => RunState.Stopped,
        _ => RunState.Diverged,
    };
}

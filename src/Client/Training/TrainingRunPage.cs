namespace Backprop.Client.Training;

/// <summary>A training run: its state and its progress.</summary>
public sealed record TrainingRunPage
{
    /// <summary>Its unguessable id.</summary>
    public required string Id { get; init; }

    /// <summary>Its state.</summary>
    public required TrainingRunState State { get; init; }

    /// <summary>The state that was asked for and that takes effect after the current step; absent if there is none.</summary>
    public TrainingRunState? Pending { get; init; }

    /// <summary>Why it ended; absent if it has not, or if all steps are done.</summary>
    public string? Reason { get; init; }

    /// <summary>The steps done, as far as they are recorded.</summary>
    public required long Step { get; init; }

    /// <summary>The steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>The loss of the last recorded step; absent before the first.</summary>
    public double? Loss { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was begun; absent until then.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; absent until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The estimated seconds to the last step, while it is running.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>The steps per second over the last seconds; of a run that ended, over the whole run.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>The step of the last checkpoint, whose parameters can be read.</summary>
    public required long CheckpointStep { get; init; }

    /// <summary>What deserves attention; absent if nothing does.</summary>
    public IReadOnlyList<TrainingWarning>? Warnings { get; init; }

    /// <summary>Where its parts are.</summary>
    public required TrainingRunLinks Links { get; init; }
}

/// <summary>What deserves attention in a run.</summary>
public sealed record TrainingWarning
{
    /// <summary>The step; absent if it concerns the whole run.</summary>
    public long? Step { get; init; }

    /// <summary>The node whose value is not finite; absent if it concerns none.</summary>
    public string? Node { get; init; }

    /// <summary>What happened.</summary>
    public required string Reason { get; init; }
}

/// <summary>Where the parts of a run are.</summary>
public sealed record TrainingRunLinks
{
    /// <summary>The run itself.</summary>
    public required string Self { get; init; }

    /// <summary>Its recorded steps.</summary>
    public required string Metrics { get; init; }

    /// <summary>Its recorded steps as they happen.</summary>
    public required string Events { get; init; }

    /// <summary>Its curves.</summary>
    public required string Plot { get; init; }

    /// <summary>Its parameters.</summary>
    public required string Parameters { get; init; }
}

/// <summary>The state of a run.</summary>
public enum TrainingRunState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is computed.</summary>
    Running,

    /// <summary>It waits until it is resumed.</summary>
    Paused,

    /// <summary>All steps are done.</summary>
    Completed,

    /// <summary>It ended early, as requested: the loss was low enough or did not improve, or the time was over.</summary>
    Stopped,

    /// <summary>A loss or a gradient was not finite.</summary>
    Diverged,

    /// <summary>The service could not compute it.</summary>
    Failed,

    /// <summary>A client ended it.</summary>
    Cancelled,
}

/// <summary>A page of runs.</summary>
public sealed record TrainingRunList
{
    /// <summary>The runs of this page, the newest first.</summary>
    public required IReadOnlyList<TrainingRunPage> Items { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; absent on the last one.</summary>
    public string? NextCursor { get; init; }
}

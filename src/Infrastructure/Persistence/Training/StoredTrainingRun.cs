using Backprop.Domain.Training.Runs;

namespace Backprop.Infrastructure.Persistence.Training;

/// <summary>A training run. What is large has rows of its own, so that runs are listed and renewed quickly.</summary>
public sealed class StoredTrainingRun
{
    /// <summary>The index in the order of creation.</summary>
    public long Sequence { get; init; }

    /// <summary>Its unguessable id.</summary>
    public required string Id { get; init; }

    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? LearnerId { get; init; }

    /// <summary>The owner that its quota counts for: the learner's id, or a name of <see cref="Quotas.ClientNames"/>.</summary>
    public required string Owner { get; init; }

    /// <summary>The bytes that it takes at most.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The idempotency key; null if the client gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The SHA-256 of its request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Its state.</summary>
    public required RunState State { get; set; }

    /// <summary>What the process that computes it is to do; null for nothing.</summary>
    public RunCommand? Pending { get; set; }

    /// <summary>Its steps.</summary>
    public required long Steps { get; init; }

    /// <summary>The steps done, as far as they are recorded: the fencing token.</summary>
    public long Step { get; set; }

    /// <summary>The last step with a metric; 0 before the first.</summary>
    public long MetricStep { get; set; }

    /// <summary>The step of the checkpoint.</summary>
    public long CheckpointStep { get; set; }

    /// <summary>The loss of the last recorded step; null before the first. SQLite has no NaN: it is stored as its bits.</summary>
    public long? LossBits { get; set; }

    /// <summary>Steps per second; null before they are known.</summary>
    public double? StepsPerSecond { get; set; }

    /// <summary>The seconds that it was computed for.</summary>
    public double ComputedSeconds { get; set; }

    /// <summary>When it was begun; null until then.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it ended.</summary>
    public string? Reason { get; set; }

    /// <summary>The node at which it diverged.</summary>
    public string? Node { get; set; }

    /// <summary>The width of the vectors that it is computed with, in bits.</summary>
    public required int VectorBits { get; init; }

    /// <summary>How often it was claimed.</summary>
    public long Claim { get; set; }

    /// <summary>The process that claimed it last; null if none computes it.</summary>
    public string? Process { get; set; }

    /// <summary>When another process may claim it; null if none computes it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>What determines a run.</summary>
public sealed class StoredTrainingRequest
{
    /// <summary>The <see cref="StoredTrainingRun.Sequence"/> of the run.</summary>
    public long Run { get; set; }

    /// <summary>The request.</summary>
    public required byte[] Request { get; init; }
}

/// <summary>The last checkpoint of a run.</summary>
public sealed class StoredTrainingCheckpoint
{
    /// <summary>The <see cref="StoredTrainingRun.Sequence"/> of the run.</summary>
    public long Run { get; init; }

    /// <summary>The state (<see cref="StateBytes"/>).</summary>
    public required byte[] State { get; set; }
}

/// <summary>Consecutive recorded steps of a run. The last block of a run grows until it is full.</summary>
public sealed class StoredMetricBlock
{
    /// <summary>The <see cref="StoredTrainingRun.Sequence"/> of the run.</summary>
    public long Run { get; init; }

    /// <summary>The first step.</summary>
    public required long First { get; init; }

    /// <summary>The last step.</summary>
    public required long Last { get; set; }

    /// <summary>The number of recorded steps.</summary>
    public required int Count { get; set; }

    /// <summary>The steps (<see cref="MetricBytes"/>).</summary>
    public required byte[] Data { get; set; }
}

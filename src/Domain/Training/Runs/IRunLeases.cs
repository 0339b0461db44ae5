namespace Backprop.Domain.Training.Runs;

/// <summary>
/// A run that a process may compute. The lease is a time, after which another process may take the run over; the claim is the number of owners that
/// the run has had. Nothing is stored for an owner that is not the last one, or that is not at the step which is stored, so no step is recorded
/// twice, whatever the clocks say.
/// </summary>
/// <param name="Sequence">The number of the run in the store.</param>
/// <param name="Id">Its id.</param>
/// <param name="Claim">The number of owners that it has had, this one included.</param>
public sealed record RunLease(long Sequence, string Id, long Claim);

/// <summary>A run that was claimed.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Run">The run.</param>
/// <param name="Request">What determines it.</param>
/// <param name="State">The state of its last checkpoint.</param>
/// <param name="ComputedSeconds">The seconds that it was computed for by all owners.</param>
public sealed record ClaimedRun(RunLease Lease, TrainingRun Run, byte[] Request, TrainingState State, double ComputedSeconds);

/// <summary>What an owner has to store, in one transaction.</summary>
/// <param name="From">The step that is stored: the fencing token.</param>
/// <param name="Step">The step that the run is at now.</param>
public sealed record RunProgress(long From, long Step)
{
    /// <summary>The metrics after those that are stored.</summary>
    public IReadOnlyList<StepMetrics> Metrics { get; init; } = [];

    /// <summary>A checkpoint; null for none.</summary>
    public TrainingState? Checkpoint { get; init; }

    /// <summary>Steps per second; null if not known yet.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>The seconds that the run was computed for by all owners.</summary>
    public double ComputedSeconds { get; init; }

    /// <summary>
    /// The state in which the owner leaves the run; null if it goes on. One that is left <see cref="RunState.Queued"/> is at once paused or
    /// cancelled if that is pending.
    /// </summary>
    public RunState? Left { get; init; }

    /// <summary>Why it ended.</summary>
    public string? Reason { get; init; }

    /// <summary>The node at which it diverged.</summary>
    public string? Node { get; init; }
}

/// <summary>What the store answers to an owner.</summary>
/// <param name="IsOwner">False if another process owns the run by now, or it was deleted: nothing was stored.</param>
/// <param name="Pending">What the owner is to do; null for nothing.</param>
public readonly record struct LeaseAnswer(bool IsOwner, RunCommand? Pending);

/// <summary>Which process computes which run. Safe for use by concurrent threads and processes.</summary>
public interface IRunLeases
{
    /// <summary>Claims the run that has waited longest: one that is queued, or one whose owner is gone.</summary>
    /// <param name="owner">The process, unique.</param>
    /// <param name="held">The runs that it computes: their leases may be over if the store was busy, but they are not taken again.</param>
    /// <param name="vectorBits">The width of its vectors; runs of another width are left. Null takes any.</param>
    /// <param name="lease">How long the lease is.</param>
    /// <param name="cancellationToken">Cancels; nothing is claimed then.</param>
    /// <returns>The run, or null if there is none.</returns>
    Task<ClaimedRun?> ClaimAsync(
        string owner, IReadOnlyCollection<long> held, int? vectorBits, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Stores progress and renews the lease.</summary>
    Task<LeaseAnswer> CommitAsync(RunLease lease, RunProgress progress, TimeSpan renewal, CancellationToken cancellationToken);

    /// <summary>Deletes runs that ended before a time.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

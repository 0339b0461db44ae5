using Backprop.Domain.Quotas;

namespace Backprop.Domain.Training.Runs;

/// <summary>A run to store.</summary>
/// <param name="Run">The run.</param>
/// <param name="Request">What determines it, as its owner reads it again.</param>
/// <param name="State">The state before its first step: its first checkpoint.</param>
/// <param name="Bytes">The bytes that it will take at most: request, states and metrics.</param>
/// <param name="Key">The idempotency key; null for none.</param>
public sealed record NewTrainingRun(TrainingRun Run, byte[] Request, TrainingState State, long Bytes, string? Key);

/// <summary>A page of runs.</summary>
/// <param name="Items">The runs, the newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record TrainingRunListing(IReadOnlyList<TrainingRun> Items, string? NextCursor);

/// <summary>The runs, for clients. Only its owner can see a learner's run; anyone with the id can see the others.</summary>
public interface ITrainingRunStore
{
    /// <summary>Stores a new run, or finds the one that was stored with the same key and request.</summary>
    /// <param name="added">The run.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">How many are kept.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="Graphs.LimitException">The run does not fit, whatever is evicted (<see cref="Eviction"/>).</exception>
    /// <exception cref="TrainingRunException">Too many runs wait, or the key belongs to another request.</exception>
    /// <exception cref="Practice.AccountDeletedException">The account of the learner was deleted in the meantime.</exception>
    Task<TrainingRun> AddAsync(NewTrainingRun added, string client, RunQuota quota, CancellationToken cancellationToken);

    /// <summary>The run of this id, or null if there is none that the learner may see.</summary>
    Task<TrainingRun?> FindAsync(string id, string? learner, CancellationToken cancellationToken);

    /// <summary>The runs of a learner.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cursor">Where to begin; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<TrainingRunListing> ListAsync(string learner, RunState? state, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Changes state and pending command of a run in a transaction; if the change throws, nothing is changed.</summary>
    /// <returns>The run after it, or null if there is none that the learner may see.</returns>
    Task<TrainingRun?> ChangeAsync(string id, string? learner, Func<TrainingRun, TrainingRun> change, CancellationToken cancellationToken);

    /// <summary>Deletes a run with everything that it recorded; false if there is none that the learner may see.</summary>
    Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken);

    /// <summary>What determines the run, and the state of its last checkpoint; null if there is no such run.</summary>
    Task<StoredProgress?> FindProgressAsync(string id, string? learner, CancellationToken cancellationToken);

    /// <summary>Recorded steps of a run in order.</summary>
    /// <param name="id">The id of the run.</param>
    /// <param name="after">Only those after this step.</param>
    /// <param name="upTo">Only those up to this step.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<StepMetrics>> ReadMetricsAsync(string id, long after, long upTo, int limit, CancellationToken cancellationToken);
}

/// <summary>What a run has reached.</summary>
/// <param name="Request">What determines it.</param>
/// <param name="State">The state of its last checkpoint.</param>
public sealed record StoredProgress(byte[] Request, TrainingState State);

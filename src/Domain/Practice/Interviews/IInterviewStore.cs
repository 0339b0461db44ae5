using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice.Interviews;

/// <summary>A page of interviews.</summary>
/// <param name="Items">The interviews, the newest first.</param>
/// <param name="NextCursor">Where the next page begins, or null.</param>
public sealed record InterviewListing(IReadOnlyList<Interview> Items, string? NextCursor);

/// <summary>The interviews. Only its owner can see a learner's interview; anyone with the id can see the others.</summary>
public interface IInterviewStore
{
    /// <summary>Stores a new interview. If a quota is exceeded, older ones are evicted, marked ones first (<see cref="Eviction"/>).</summary>
    /// <param name="interview">The interview.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">The quota of learners together, and of all others together.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="Graphs.LimitException">The interview does not fit, whatever is evicted.</exception>
    /// <exception cref="AccountDeletedException">The account of the learner was deleted in the meantime.</exception>
    Task AddAsync(Interview interview, string client, StorageQuota quota, CancellationToken cancellationToken);

    /// <summary>The interview of this id, or null if there is none that the learner may see.</summary>
    Task<Interview?> FindAsync(string id, string? learner, CancellationToken cancellationToken);

    /// <summary>A page of the interviews of a learner, the newest first.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="question">Only those with this question; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cursor">Where the page begins; null for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<InterviewListing> ListAsync(string learner, string? question, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Deletes an interview; false if there is none with this id that the learner may see. What its marks recorded is kept.</summary>
    Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken);
}

using Backprop.Domain.Quotas;

namespace Backprop.Domain.Practice.Notes;

/// <summary>The notes of learners; nobody else sees them.</summary>
public interface INoteStore
{
    /// <summary>The note on a question, or null.</summary>
    Task<QuestionNote?> FindAsync(string learner, string question, CancellationToken cancellationToken);

    /// <summary>A page of notes by the ids of their questions.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="isStarred">Only those of starred questions, or of others; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The id after which the page begins; null for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<NoteListing> ListAsync(string learner, bool? isStarred, int limit, string? after, CancellationToken cancellationToken);

    /// <summary>Stores a note in place of an earlier one.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="note">The note, with the time of its change.</param>
    /// <param name="most">The most notes of a learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="Graphs.LimitException">The learner has as many notes as allowed.</exception>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    Task SaveAsync(string learner, QuestionNote note, StorageLimit most, CancellationToken cancellationToken);

    /// <summary>Deletes a note, if there is one.</summary>
    Task DeleteAsync(string learner, string question, CancellationToken cancellationToken);
}

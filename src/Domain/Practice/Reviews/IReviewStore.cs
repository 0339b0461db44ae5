namespace Backprop.Domain.Practice.Reviews;

/// <summary>A question under review.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Card">The state of its review.</param>
public sealed record QuestionCard(string QuestionId, Card Card);

/// <summary>The questions of a learner that are due.</summary>
/// <param name="Items">The first of them, the longest due first.</param>
/// <param name="Due">The number of due questions.</param>
/// <param name="Total">The number of questions under review.</param>
/// <param name="NextDue">When the next one is due, or null.</param>
public sealed record DueCards(IReadOnlyList<QuestionCard> Items, long Due, long Total, DateTimeOffset? NextDue);

/// <summary>The questions that learners have under review; retired ones are suspended until they are restored.</summary>
public interface IReviewStore
{
    /// <summary>The questions due at a time, the longest due first, at most <paramref name="limit"/> of them.</summary>
    Task<DueCards> DueAsync(string learner, int limit, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The review of a question, or null if the learner has not answered it yet.</summary>
    Task<Card?> FindAsync(string learner, string question, CancellationToken cancellationToken);
}

using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

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
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
public sealed class ReviewCards(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes)
{
    /// <summary>The questions due at a time.</summary>
    public async Task<DueCards> DueAsync(string learner, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredCard> cards = GivenOut(context, learner);
        IQueryable<StoredCard> due = cards.Where(card => card.Due <= now);
        List<StoredCard> first = await due.OrderBy(card => card.Due).ThenBy(card => card.QuestionId).Take(limit).ToListAsync(cancellationToken);
        StoredCard? next = await cards.Where(card => card.Due > now).OrderBy(card => card.Due).FirstOrDefaultAsync(cancellationToken);
        return new DueCards(
            [.. first.Select(row => new QuestionCard(row.QuestionId, row.Card))],
            await due.LongCountAsync(cancellationToken),
            await cards.LongCountAsync(cancellationToken),
            next?.Due);
    }

    /// <summary>The review of a question, or null if the learner has not answered it yet.</summary>
    public async Task<Card?> FindAsync(string learner, string question, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.ReviewCards.FindAsync([learner, question], cancellationToken))?.Card;
    }

    /// <summary>Records a review if it has the expected number.</summary>
    /// <param name="answer">The review.</param>
    /// <param name="before">The number of earlier reviews of the question.</param>
    /// <param name="cancellationToken">Cancels waiting; nothing is recorded then.</param>
    /// <returns>The new state of the question's review; null if another review came first.</returns>
    /// <exception cref="AccountDeletedException">The account was deleted in the meantime.</exception>
    public Task<Card?> ReviewAsync(RecordedAnswer answer, int before, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            StoredCard? row = await context.ReviewCards.FindAsync([answer.LearnerId, answer.QuestionId], CancellationToken.None);
            return (row?.Reviews ?? 0) == before ? await AnswerRecorder.AddAsync(context, answer) : null;
        },
        cancellationToken);

    /// <summary>The cards of a learner whose questions are not retired.</summary>
    internal static IQueryable<StoredCard> GivenOut(BackpropDbContext context, string learner)
    {
        IQueryable<string> questions = context.GivenOut().Select(question => question.Id);
        return context.ReviewCards.AsNoTracking().Where(card => card.LearnerId == learner && questions.Contains(card.QuestionId));
    }
}

using Backprop.Domain.Practice.Reviews;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>The questions that learners have under review; retired ones are suspended until they are restored.</summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class ReviewCards(IDbContextFactory<BackpropDbContext> contexts) : IReviewStore
{
    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public async Task<Card?> FindAsync(string learner, string question, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.ReviewCards.FindAsync([learner, question], cancellationToken))?.Card;
    }

    /// <summary>The cards of a learner whose questions are not retired.</summary>
    internal static IQueryable<StoredCard> GivenOut(BackpropDbContext context, string learner)
    {
        IQueryable<string> questions = context.GivenOut().Select(question => question.Id);
        return context.ReviewCards.AsNoTracking().Where(card => card.LearnerId == learner && questions.Contains(card.QuestionId));
    }
}

using System.Linq.Expressions;
using Backprop.Domain.Practice.Progress;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>A group of graded answers, counted.</summary>
/// <typeparam name="TKey">The key of the group.</typeparam>
public sealed record Tallied<TKey>
{
    /// <summary>The key of the group.</summary>
    public required TKey Key { get; init; }

    /// <summary>Their number.</summary>
    public required long Answers { get; init; }

    /// <summary>The number of questions they answered.</summary>
    public required long Questions { get; init; }

    /// <summary>The number of fully correct ones.</summary>
    public required long Correct { get; init; }

    /// <summary>Their mean score, 0 … 1.</summary>
    public required double Score { get; init; }
}

/// <summary>A learner's progress.</summary>
/// <param name="Overall">All graded answers; null if there is none.</param>
/// <param name="Topics">By topic, with the learner's current strength.</param>
/// <param name="Difficulties">By difficulty, the easiest first.</param>
/// <param name="Cards">The number of questions under review in each state.</param>
/// <param name="Due">The number of due ones.</param>
public sealed record History(
    Tallied<bool>? Overall,
    IReadOnlyList<(Topic Topic, Tallied<string> Tally, TopicStrength Strength)> Topics,
    IReadOnlyList<Tallied<DifficultyLevel>> Difficulties,
    IReadOnlyDictionary<CardState, long> Cards,
    long Due);

/// <summary>Aggregates the answers of a learner.</summary>
/// <param name="contexts">Makes database contexts.</param>
public sealed class LearnerHistory(IDbContextFactory<BackpropDbContext> contexts)
{
    /// <summary>A learner's progress at a time.</summary>
    public async Task<History> ReadAsync(string learner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<LearnerAnswer> graded = context.LearnerAnswers.AsNoTracking().Where(answer => answer.LearnerId == learner && answer.Score != null);
        IQueryable<StoredCard> cards = ReviewCards.GivenOut(context, learner);
        return new History(
            await Tally(graded, answer => true).SingleOrDefaultAsync(cancellationToken),
            await TopicsAsync(context, graded, cancellationToken),
            await Tally(graded, answer => answer.Difficulty).OrderBy(row => row.Key).ToListAsync(cancellationToken),
            await cards.GroupBy(card => card.State).ToDictionaryAsync(group => group.Key, group => group.LongCount(), cancellationToken),
            await cards.LongCountAsync(card => card.Due <= now, cancellationToken));
    }

    private static async Task<IReadOnlyList<(Topic Topic, Tallied<string> Tally, TopicStrength Strength)>> TopicsAsync(
        BackpropDbContext context, IQueryable<LearnerAnswer> graded, CancellationToken cancellationToken)
    {
        List<Tallied<string>> tallies = await Tally(graded, answer => answer.Topic).ToListAsync(cancellationToken);
        Dictionary<string, string> names = await context.Topics.ToDictionaryAsync(topic => topic.Id, topic => topic.Name, cancellationToken);
        var topics = new List<(Topic, Tallied<string>, TopicStrength)>();
        foreach (Tallied<string> tally in tallies)
        {
            List<double> last = await graded
                .Where(answer => answer.Topic == tally.Key)
                .OrderByDescending(answer => answer.Sequence)
                .Take(TopicStrength.Window)
                .Select(answer => answer.Score!.Value)
                .ToListAsync(cancellationToken);
            topics.Add((new Topic(tally.Key, names.GetValueOrDefault(tally.Key, tally.Key)), tally, new TopicStrength(last.Count, last.Average())));
        }

        return topics;
    }

    private static IQueryable<Tallied<TKey>> Tally<TKey>(IQueryable<LearnerAnswer> answers, Expression<Func<LearnerAnswer, TKey>> by) =>
        answers.GroupBy(by).Select(group => new Tallied<TKey>
        {
            Key = group.Key,
            Answers = group.LongCount(),
            Questions = group.Select(answer => answer.QuestionId).Distinct().LongCount(),
            Correct = group.LongCount(answer => answer.Score >= 1),
            Score = group.Average(answer => answer.Score)!.Value,
        });
}

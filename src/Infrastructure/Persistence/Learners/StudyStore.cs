using Backprop.Domain.Practice.StudySets;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>What learners have done of study sets. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
public sealed class StudyStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes) : IStudyStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> MarkedAsync(string learner, string set, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.StudyMarks.AsNoTracking().Where(mark => mark.LearnerId == learner && mark.StudySet == set)
            .ToDictionaryAsync(mark => mark.Item, mark => mark.DoneAt, StringComparer.Ordinal, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, LastAnswer>> AnsweredAsync(string learner, IReadOnlyCollection<string> questions,
        CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var answers = await context.LearnerAnswers.AsNoTracking()
            .Where(answer => answer.LearnerId == learner && questions.Contains(answer.QuestionId))
            .OrderBy(answer => answer.Sequence)
            .Select(answer => new { answer.QuestionId, answer.Score, answer.AnsweredAt })
            .ToListAsync(cancellationToken);
        return answers.GroupBy(answer => answer.QuestionId).ToDictionary(
            group => group.Key,
            group => new LastAnswer(group.LastOrDefault(answer => answer.Score is not null)?.Score, group.Last().AnsweredAt),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task MarkAsync(string learner, string set, string key, DateTimeOffset now, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            await context.RequireLearnerAsync(learner);
            if (await context.StudyMarks.FindAsync([learner, set, key], CancellationToken.None) is null)
            {
                context.Add(new StoredStudyMark { LearnerId = learner, StudySet = set, Item = key, DoneAt = now });
            }

            return await context.SaveChangesAsync(CancellationToken.None);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task UnmarkAsync(string learner, string set, string key, CancellationToken cancellationToken) => writes.RunAsync(
        context => context.StudyMarks.Where(mark => mark.LearnerId == learner && mark.StudySet == set && mark.Item == key)
            .ExecuteDeleteAsync(CancellationToken.None),
        cancellationToken);
}

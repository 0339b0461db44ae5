using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Interviews;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Practice;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>The interviews. Safe to use from many threads and processes at once.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">Where writes queue.</param>
/// <param name="time">The clock.</param>
public sealed class InterviewStore(IDbContextFactory<BackpropDbContext> contexts, WriteTurn writes, TimeProvider time)
{
    /// <summary>Stores a new interview.</summary>
    /// <param name="interview">The interview.</param>
    /// <param name="learner">The learner who alone may see it; null where whoever knows the id may.</param>
    /// <param name="quota">The most interviews that are kept.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <exception cref="LimitException">There are as many interviews as the quota.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public Task AddAsync(Interview interview, string? learner, int quota, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            if (await context.Interviews.CountAsync(CancellationToken.None) >= quota)
                throw new LimitException("Limits:Quizzes", quota, $"{quota + 1L} interviews");
            await LearnerRecord.DemandAsync(context, learner);
            context.Add(Of(interview, learner));
            return await context.SaveChangesAsync(CancellationToken.None);
        },
        cancellationToken);

    /// <summary>The interview of this id, or null where there is none that the learner may see.</summary>
    public async Task<Interview?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredInterview? row = await Visible(context, id, learner).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : Read(row);
    }

    /// <summary>Changes an interview as it stands, one change after the other.</summary>
    /// <param name="id">The id of the interview.</param>
    /// <param name="learner">Who practises; null for nobody known.</param>
    /// <param name="change">Makes the new state of the present one, or throws; then nothing is changed.</param>
    /// <param name="cancellationToken">Gives up waiting; nothing is changed then.</param>
    /// <returns>The new state; null where there is no interview of this id that the learner may see.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public Task<Interview?> ChangeAsync(string id, string? learner, Func<Interview, Interview> change, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            StoredInterview? row = await Visible(context, id, learner).SingleOrDefaultAsync(CancellationToken.None);
            if (row is null)
                return null;
            bool wasMarked = row.MarkedAt is not null;
            Interview changed = change(Read(row));
            Write(row, changed);
            await context.SaveChangesAsync(CancellationToken.None);
            if (!wasMarked)
                await LearnerRecord.AddMarksAsync(context, row);
            return changed;
        },
        cancellationToken);

    private static IQueryable<StoredInterview> Visible(BackpropDbContext context, string id, string? learner) =>
        context.Interviews.Where(interview => interview.Id == id && (interview.LearnerId == null || interview.LearnerId == learner));

    private static StoredInterview Of(Interview interview, string? learner) => new()
    {
        Id = interview.Id,
        LearnerId = learner,
        Seed = interview.Seed,
        CreatedAt = interview.CreatedAt,
        QuestionId = interview.Question.Id,
        Version = interview.Version,
        Topic = interview.Question.Topic,
        Difficulty = interview.Question.Difficulty,
        Document = QuestionJson.Write(interview.Question),
    };

    internal static Interview Read(StoredInterview row) => new(row.Id, row.Seed, row.CreatedAt, row.Version, QuestionJson.Read(row.Document))
    {
        HintsTaken = row.HintsTaken,
        IsRevealed = row.RevealedAt is not null,
        Named = row.Named?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
    };

    private void Write(StoredInterview row, Interview changed)
    {
        DateTimeOffset now = time.GetUtcNow();
        row.HintsTaken = changed.HintsTaken;
        if (changed.IsRevealed)
            row.RevealedAt ??= now;
        if (changed.Score is not { } score)
            return;
        string named = string.Join(' ', score.Named);
        if (named != row.Named)
            (row.Named, row.Score, row.MarkedAt) = (named, score.Score, now);
    }
}

using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>The quizzes. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
public sealed class QuizStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients) : IQuizStore
{
    // Compiled once: every answer runs one of them.
    private static readonly Func<BackpropDbContext, string, string?, CancellationToken, Task<StoredQuiz?>> Whole = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, CancellationToken cancellationToken) => context.Quizzes.AsNoTracking()
            .Include(quiz => quiz.Items).ThenInclude(item => item.Earlier)
            .SingleOrDefault(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner)));

    /// <inheritdoc/>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public async Task AddAsync(Quiz quiz, string client, StorageQuota quota, CancellationToken cancellationToken)
    {
        StoredQuiz row = QuizRows.Of(quiz, quiz.Learner ?? await clients.OfAsync(client, cancellationToken));
        await writes.RunAsync(
            async context =>
            {
                await context.RequireLearnerAsync(row.LearnerId);
                Eviction eviction = Evicting(context, row, quota);
                await eviction.RequireFitAsync(row.Bytes);
                context.Add(row);
                await context.SaveChangesAsync(CancellationToken.None);
                await eviction.RunAsync(row.Owner);
                return row.Sequence;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(string id, QuizEntry item, StorageQuota quota, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            StoredQuiz? quiz = await context.Quizzes.AsNoTracking().SingleOrDefaultAsync(
                one => one.Id == id && one.Count == item.Number - 1 && (one.FinishedAt == null || one.Answered == one.Count),
                CancellationToken.None);
            if (quiz is null)
            {
                return false;
            }

            StoredQuizItem row = QuizRows.Of(item, quiz.Sequence);
            Eviction eviction = Evicting(context, quiz, quota);
            await eviction.RequireFitAsync(quiz.Bytes + row.Variant.Length);
            context.Add(row);
            await context.SaveChangesAsync(CancellationToken.None);
            await context.Quizzes.Where(one => one.Sequence == quiz.Sequence).ExecuteUpdateAsync(
                update => update
                    .SetProperty(one => one.Count, one => one.Count + 1)
                    .SetProperty(one => one.Bytes, one => one.Bytes + row.Variant.Length)
                    .SetProperty(one => one.FinishedAt, (DateTimeOffset?)null),
                CancellationToken.None);
            await eviction.RunAsync(quiz.Owner);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task FinishAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => writes.RunAsync(
        context => context.Quizzes.Where(quiz => quiz.Id == id && quiz.FinishedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(quiz => quiz.FinishedAt, now), CancellationToken.None),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.Quizzes
            .Where(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner))
            .ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<Quiz?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredQuiz? row = await Whole(context, id, learner, cancellationToken);
        return row is null ? null : QuizRows.Read(row);
    }

    /// <inheritdoc/>
    public async Task<AnswerContext?> FindAsync(string id, string? learner, int number, string? key, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await QuizAnswers.FindAsync(context, id, learner, number, key, cancellationToken);
    }

    // The sequence is known once the row is stored.
    private static Eviction Evicting(BackpropDbContext context, StoredQuiz kept, StorageQuota quota) => new(
        new Holdings(context, HoldingKinds.QuizzesOf(kept.LearnerId), owner => EvictAsync(context, owner, kept.Sequence)), quota);

    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner, long kept)
    {
        IQueryable<StoredQuiz> others = context.Quizzes.Where(quiz => quiz.Owner == owner && quiz.Sequence != kept).OrderBy(quiz => quiz.Sequence);
        IQueryable<StoredQuiz> finished = others.Where(quiz => quiz.FinishedAt != null);
        long? oldest = await finished.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None)
            ?? await others.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.Quizzes.Where(quiz => quiz.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }
}

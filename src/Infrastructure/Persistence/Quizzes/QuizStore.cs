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
            .Include(quiz => quiz.Items)
            .SingleOrDefault(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner)));

    private static readonly Func<BackpropDbContext, string, string?, int, string?, CancellationToken, Task<StoredQuiz?>> Part = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, int number, string? key, CancellationToken cancellationToken) =>
            context.Quizzes.AsNoTracking()
            .Include(quiz => quiz.Items.Where(item => item.Number == number || (key != null && item.IdempotencyKey == key)))
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
                var holdings = new Holdings(context, HoldingKinds.QuizzesOf(row.LearnerId), owner => EvictAsync(context, owner, row.Sequence));
                var eviction = new Eviction(holdings, quota);
                await eviction.RequireFitAsync(row.Bytes);
                context.Add(row);
                await context.SaveChangesAsync(CancellationToken.None);
                await eviction.RunAsync(row.Owner);
                return row.Sequence;
            },
            cancellationToken);
    }

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
        StoredQuiz? row = await Part(context, id, learner, number, key, cancellationToken);
        if (row is null)
        {
            return null;
        }

        StoredQuizItem? item = row.Items.Find(item => item.Number == number);
        StoredQuizItem? keyed = key is null ? null : row.Items.Find(item => item.IdempotencyKey == key);
        return new AnswerContext(
            row.Sequence,
            row.LearnerId,
            new QuizProgress(row.Count, row.Answered, row.ExpiresAt),
            item is null ? null : QuizRows.Read(item),
            keyed is null ? null : QuizRows.Read(keyed));
    }

    /// <summary>Stores an answer in a transaction, unless the item, or another one with the same key, is answered.</summary>
    internal static async Task<bool> TryAnswerAsync(BackpropDbContext context, long quiz, int number, GradedAnswer answer, string? key)
    {
        long at = answer.At.UtcTicks;
        string given = QuizRows.Write(answer.Given);
        int written = await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE QuizItems SET AnsweredAt = {at}, Answer = {given}, Score = {answer.Grade.Score}, Feedback = {answer.Grade.Feedback},
                IdempotencyKey = {key}
            WHERE Quiz = {quiz} AND Number = {number} AND AnsweredAt IS NULL
              AND NOT EXISTS (SELECT 1 FROM QuizItems WHERE Quiz = {quiz} AND IdempotencyKey = {key})
            """,
            CancellationToken.None);
        if (written == 0)
        {
            return false;
        }

        await context.Database.ExecuteSqlAsync(
            $"UPDATE Quizzes SET Answered = Answered + 1, FinishedAt = CASE WHEN Answered + 1 = Count THEN {at} END WHERE Sequence = {quiz}",
            CancellationToken.None);
        return true;
    }

    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner, long kept)
    {
        IQueryable<StoredQuiz> others = context.Quizzes.Where(quiz => quiz.Owner == owner && quiz.Sequence != kept).OrderBy(quiz => quiz.Sequence);
        IQueryable<StoredQuiz> finished = others.Where(quiz => quiz.FinishedAt != null);
        long? oldest = await finished.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None)
            ?? await others.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.Quizzes.Where(quiz => quiz.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>The state that an answer depends on.</summary>
/// <param name="Quiz">The sequence of the quiz.</param>
/// <param name="Progress">The progress of the quiz.</param>
/// <param name="Item">The item; null if the quiz has none of this number.</param>
/// <param name="Keyed">The item that was answered with the same key; null if there is none.</param>
public sealed record AnswerContext(long Quiz, QuizProgress Progress, QuizEntry? Item, QuizEntry? Keyed);

/// <summary>The quizzes. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
public sealed class QuizStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients)
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

    /// <summary>Stores a new quiz. If a quota is exceeded, older ones are evicted, finished ones first (<see cref="StorageRoom"/>).</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="learner">The learner, who alone may see it; null if anyone with the id may.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="quota">The quota of learners together, and of all others together.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="LimitException">The quiz does not fit, whatever is evicted.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public async Task AddAsync(Quiz quiz, string? learner, string client, StorageQuota quota, CancellationToken cancellationToken)
    {
        StoredQuiz row = QuizRows.Of(quiz, learner, learner ?? await clients.OfAsync(client, cancellationToken));
        await writes.RunAsync(
            async context =>
            {
                await AnswerRecorder.DemandAsync(context, learner);
                var room = new StorageRoom(context, HoldingKinds.QuizzesOf(learner), quota, owner => EvictAsync(context, owner, row.Sequence));
                await room.DemandAsync(row.Owner, row.Bytes);
                context.Add(row);
                await context.SaveChangesAsync(CancellationToken.None);
                await room.MakeAsync(row.Owner);
                return row.Sequence;
            },
            cancellationToken);
    }

    /// <summary>Deletes a quiz; false if there is none with this id that the learner may see. What its answers recorded is kept.</summary>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.Quizzes
            .Where(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner))
            .ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    /// <summary>The quiz of this id, or null if there is none that the learner may see.</summary>
    public async Task<Quiz?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredQuiz? row = await Whole(context, id, learner, cancellationToken);
        return row is null ? null : QuizRows.Read(row);
    }

    /// <summary>The state that an answer depends on, or null if there is no quiz with this id that the learner may see.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
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
            new QuizProgress(row.Count, row.Answered, row.ExpiresAt),
            item is null ? null : QuizRows.Read(item),
            keyed is null ? null : QuizRows.Read(keyed));
    }

    /// <summary>Stores the first answer to an item. Of concurrent answers, it is true for one.</summary>
    /// <param name="quiz">The sequence of the quiz.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="answer">The answer with its grade.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels waiting; nothing is stored then.</param>
    /// <returns>False if the item, or another one with the same key, is already answered; nothing was changed then.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public Task<bool> AnswerAsync(long quiz, int number, GradedAnswer answer, string? key, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
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
            await AnswerRecorder.AddQuizAnswerAsync(context, quiz, number);
            return true;
        },
        cancellationToken);

    private static async Task<bool> EvictAsync(BackpropDbContext context, string owner, long kept)
    {
        IQueryable<StoredQuiz> others = context.Quizzes.Where(quiz => quiz.Owner == owner && quiz.Sequence != kept).OrderBy(quiz => quiz.Sequence);
        IQueryable<StoredQuiz> finished = others.Where(quiz => quiz.FinishedAt != null);
        long? oldest = await finished.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None)
            ?? await others.Select(quiz => (long?)quiz.Sequence).FirstOrDefaultAsync(CancellationToken.None);
        return await context.Quizzes.Where(quiz => quiz.Sequence == oldest).ExecuteDeleteAsync(CancellationToken.None) > 0;
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>What is known when an answer arrives.</summary>
/// <param name="Quiz">The place of the quiz, by which it is answered.</param>
/// <param name="Progress">How far the quiz has come.</param>
/// <param name="Item">The item; null where the quiz has none of this number.</param>
/// <param name="Keyed">The item that was answered under the same key; null where there is none.</param>
public sealed record AnswerContext(long Quiz, QuizProgress Progress, QuizEntry? Item, QuizEntry? Keyed);

/// <summary>The quizzes. Safe to use from many threads and processes at once.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">Where writes queue.</param>
/// <param name="clients">Names clients.</param>
public sealed class QuizStore(IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients)
{
    // Compiled once: every answer runs one of them.
    private static readonly Func<BackpropDbContext, string, string?, CancellationToken, Task<StoredQuiz?>> Whole = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, CancellationToken cancellation) => context.Quizzes.AsNoTracking()
            .Include(quiz => quiz.Items)
            .SingleOrDefault(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner)));

    private static readonly Func<BackpropDbContext, string, string?, int, string?, CancellationToken, Task<StoredQuiz?>> Part = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, int number, string? key, CancellationToken cancellation) =>
            context.Quizzes.AsNoTracking()
            .Include(quiz => quiz.Items.Where(item => item.Number == number || (key != null && item.IdempotencyKey == key)))
            .SingleOrDefault(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner)));

    /// <summary>Stores a new quiz. Where a quota is exceeded, older ones make room, the finished ones first (<see cref="StorageRoom"/>).</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="learner">The learner who alone may see it; null where whoever knows the id may.</param>
    /// <param name="client">The network address of the client, for whose quota it counts where there is no learner.</param>
    /// <param name="quota">How much is kept: of learners, and as much of others.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <exception cref="LimitException">The quiz does not fit, whatever makes room.</exception>
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

    /// <summary>Deletes a quiz; false where there is none of this id that the learner may see. What was recorded of its answers stays.</summary>
    public Task<bool> DeleteAsync(string id, string? learner, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.Quizzes
            .Where(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner))
            .ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    /// <summary>The quiz of this id, or null where there is none that the learner may see.</summary>
    public async Task<Quiz?> FindAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredQuiz? row = await Whole(context, id, learner, cancellationToken);
        return row is null ? null : QuizRows.Read(row);
    }

    /// <summary>What matters to an answer, or null where there is no quiz of this id that the learner may see.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null for nobody known.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="key">The key by which the client would know the answer again, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AnswerContext?> FindAsync(string id, string? learner, int number, string? key, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        StoredQuiz? row = await Part(context, id, learner, number, key, cancellationToken);
        if (row is null)
            return null;
        StoredQuizItem? item = row.Items.Find(item => item.Number == number);
        StoredQuizItem? keyed = key is null ? null : row.Items.Find(item => item.IdempotencyKey == key);
        return new AnswerContext(
            row.Sequence,
            new QuizProgress(row.Count, row.Answered, row.ExpiresAt),
            item is null ? null : QuizRows.Read(item),
            keyed is null ? null : QuizRows.Read(keyed));
    }

    /// <summary>Stores the first answer to an item. However many arrive at once, it is true for one of them.</summary>
    /// <param name="quiz">The place of the quiz.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="answer">The answer with its grade.</param>
    /// <param name="key">The key by which the client would know the answer again, or null.</param>
    /// <param name="cancellationToken">Gives up waiting; nothing is stored then.</param>
    /// <returns>False where the item, or another one under the same key, is answered already; nothing was changed then.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Another process writes for too long (<see cref="DatabaseFaults.IsBusy"/>).</exception>
    public Task<bool> AnswerAsync(long quiz, int number, GradedAnswer answer, string? key, CancellationToken cancellationToken) => writes.RunAsync(
        async context =>
        {
            long at = answer.At.UtcTicks;
            string given = QuizRows.Write(answer.Given);
            int written = await context.Database.ExecuteSqlAsync(
                $"""
                UPDATE QuizItems SET AnsweredAt = {at}, Answer = {given}, Score = {answer.Grade.Score}, Feedback = {answer.Grade.Feedback}, IdempotencyKey = {key}
                WHERE Quiz = {quiz} AND Number = {number} AND AnsweredAt IS NULL
                  AND NOT EXISTS (SELECT 1 FROM QuizItems WHERE Quiz = {quiz} AND IdempotencyKey = {key})
                """,
                CancellationToken.None);
            if (written == 0)
                return false;
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

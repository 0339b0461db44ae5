using Backprop.Domain.Practice.Quizzes;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>Answers and marks of quizzes, within a transaction.</summary>
internal static class QuizAnswers
{
    // Compiled once: every answer runs it.
    private static readonly Func<BackpropDbContext, string, string?, int, string?, CancellationToken, Task<StoredQuiz?>> Part = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, string? learner, int number, string? key, CancellationToken cancellationToken) =>
            context.Quizzes.AsNoTracking()
            .Include(quiz => quiz.Items.Where(item => item.Number == number
                || (key != null && (item.IdempotencyKey == key || item.Earlier.Any(earlier => earlier.IdempotencyKey == key)))))
            .ThenInclude(item => item.Earlier)
            .SingleOrDefault(quiz => quiz.Id == id && (quiz.LearnerId == null || quiz.LearnerId == learner)));

    /// <summary>The state that an answer depends on; null if there is no such quiz that the learner may see.</summary>
    public static async Task<AnswerContext?> FindAsync(BackpropDbContext context, string id, string? learner, int number, string? key,
        CancellationToken cancellationToken)
    {
        StoredQuiz? row = await Part(context, id, learner, number, key, cancellationToken);
        if (row is null)
        {
            return null;
        }

        StoredQuizItem? item = row.Items.Find(item => item.Number == number);
        return new AnswerContext(
            row.Sequence,
            row.LearnerId,
            new QuizProgress(row.Count, row.Answered, row.ExpiresAt, row.FinishedAt),
            item is null ? null : QuizRows.Read(item),
            key is null ? null : row.Items.Select(one => QuizRows.ReadKeyed(one, key)).FirstOrDefault(keyed => keyed is not null));
    }

    /// <summary>Stores an answer, unless another try came first, the quiz is finished, or it has an answer with the same key.</summary>
    public static async Task<bool> TryAnswerAsync(BackpropDbContext context, long quiz, QuizEntry item, string? key)
    {
        GradedAnswer answer = item.Answer!;
        long at = answer.At.UtcTicks;
        string given = QuizRows.Write(answer.Given);
        int before = item.Earlier.Count;
        if (before > 0)
        {
            // Moves the answer before to the earlier ones under the same conditions as the next statement.
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO QuizTries (Quiz, Number, Try, AnsweredAt, Answer, Score, Feedback, IdempotencyKey)
                SELECT Quiz, Number, Tried, AnsweredAt, Answer, Score, Feedback, IdempotencyKey FROM QuizItems
                WHERE Quiz = {quiz} AND Number = {item.Number} AND Tried = {before}
                  AND EXISTS (SELECT 1 FROM Quizzes WHERE Sequence = {quiz} AND FinishedAt IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM QuizItems WHERE Quiz = {quiz} AND IdempotencyKey = {key})
                  AND NOT EXISTS (SELECT 1 FROM QuizTries WHERE Quiz = {quiz} AND IdempotencyKey = {key})
                """,
                CancellationToken.None);
        }

        int written = await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE QuizItems SET AnsweredAt = {at}, Answer = {given}, Score = {answer.Grade.Score}, Feedback = {answer.Grade.Feedback},
                IdempotencyKey = {key}, Tried = Tried + 1
            WHERE Quiz = {quiz} AND Number = {item.Number} AND Tried = {before}
              AND EXISTS (SELECT 1 FROM Quizzes WHERE Sequence = {quiz} AND FinishedAt IS NULL)
              AND NOT EXISTS (SELECT 1 FROM QuizItems WHERE Quiz = {quiz} AND IdempotencyKey = {key})
              AND NOT EXISTS (SELECT 1 FROM QuizTries WHERE Quiz = {quiz} AND IdempotencyKey = {key})
            """,
            CancellationToken.None);
        if (written > 0 && item.IsOver)
        {
            await context.Database.ExecuteSqlAsync(
                $"UPDATE Quizzes SET Answered = Answered + 1, FinishedAt = CASE WHEN Answered + 1 = Count THEN {at} END WHERE Sequence = {quiz}",
                CancellationToken.None);
        }

        return written > 0;
    }

    /// <summary>Stores the marks of an item.</summary>
    public static Task SaveMarksAsync(BackpropDbContext context, long quiz, QuizEntry item)
    {
        string named = string.Join(' ', item.Answer!.MentionedFacts!);
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE QuizItems SET Named = {named}, Score = {item.Answer.Grade.Score}, Feedback = {item.Answer.Grade.Feedback}
            WHERE Quiz = {quiz} AND Number = {item.Number}
            """,
            CancellationToken.None);
    }
}

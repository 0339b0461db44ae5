using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Creates quizzes and grades answers.</summary>
/// <param name="bank">The questions to draw from.</param>
/// <param name="store">Stores quizzes.</param>
/// <param name="transactions">Stores answers.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grader">Grades answers.</param>
/// <param name="quota">How many quizzes are kept.</param>
/// <param name="time">The clock.</param>
public sealed class QuizService(IQuestionBank bank, IQuizStore store, IPracticeTransactions transactions, VariantDrawing draw,
    QuestionGrader grader, StorageQuota quota, TimeProvider time)
{
    private readonly QuizDrawer drawer = new(bank, draw);

    /// <summary>Creates a quiz.</summary>
    /// <param name="options">The quiz.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There are not enough questions.</exception>
    public async Task<Quiz> CreateAsync(QuizOptions options, string? learner, string client, CancellationToken cancellationToken)
    {
        long seed = options.Seed ?? RandomNames.Seed();
        IReadOnlyList<QuizEntry> items = await drawer.DrawAsync(options, seed, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        var quiz = new Quiz(RandomNames.Id(), seed, now, now + options.TimeLimit, items) { Learner = learner, Hidden = options.Hidden };
        await store.AddAsync(quiz, client, quota, cancellationToken);
        return quiz;
    }

    /// <summary>The item with the answer that counts: this one, or the same one sent before with the same key.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">It cannot be graded, or another answer counts; it does not count then.</exception>
    /// <exception cref="AccountDeletedException">The account of the owner was deleted in the meantime.</exception>
    public async Task<QuizEntry> AnswerAsync(string id, string? learner, int number, SubmittedAnswer answer, string? key,
        CancellationToken cancellationToken)
    {
        DateTimeOffset arrived = time.GetUtcNow();
        while (true)
        {
            AnswerContext context = await store.FindAsync(id, learner, number, key, cancellationToken) ?? throw NotFound(id);
            if (context.Keyed is { } before)
            {
                return IsSame(before, number, answer) ? before : throw OtherAnswer(key!);
            }

            QuizEntry item = Open(context, number, arrived);
            Graded grade = item.IsSelfMarked ? SelfMarking.Read(answer) : grader.GradeOrRefuse(item.Variant, answer, cancellationToken);
            item = item.With(new GradedAnswer(answer, grade, arrived));
            if (await transactions.RunAsync(transaction => StoreAsync(transaction, context, item, key), cancellationToken))
            {
                return item;
            }

            // Another answer came first; the next iteration reads it.
        }
    }

    /// <summary>
    /// The item, an answered interview question, with new marks in place of earlier ones. The first marks of a learner count as a review of the
    /// question.
    /// </summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who marks; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="facts">The ids of the facts that the answer mentioned.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There is no such item, it is not answered yet or graded by the service, or the marks do not fit its
    /// rubric.</exception>
    /// <exception cref="AccountDeletedException">The account of the owner was deleted in the meantime.</exception>
    public Task<QuizEntry> MarkAsync(string id, string? learner, int number, IReadOnlyList<string> facts, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async transaction =>
            {
                AnswerContext context = await transaction.FindAnswerAsync(id, learner, number) ?? throw NotFound(id);
                QuizEntry before = context.Item ?? throw NoItem(number, context.Progress);
                QuizEntry after = SelfMarking.Mark(before, facts);
                await transaction.SaveMarksAsync(context.Quiz, after);
                if (context.Learner is { } owner && before.Answer!.MentionedFacts is null)
                {
                    await RecordedAnswer.Graded(owner, after.Variant, AnswerOrigin.Quiz, after.Score, time.GetUtcNow()).AddToAsync(transaction);
                }

                return after;
            },
            cancellationToken);

    /// <summary>
    /// Adds an item like one that is answered to a quiz, which is open again. As long as that one is not answered, it is returned again.
    /// </summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who asks; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <returns>The quiz, the number of the other item, and whether it is new.</returns>
    /// <exception cref="PracticeException">There is no such item, it is not answered yet, or there is no other one like it.</exception>
    public async Task<(Quiz Quiz, int Number, bool IsNew)> AnotherAsync(string id, string? learner, int number,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            Quiz quiz = await FindAsync(id, learner, cancellationToken);
            QuizEntry like = quiz.Items.FirstOrDefault(item => item.Number == number) ?? throw NoItem(number, quiz.Progress);
            if (quiz.Items.FirstOrDefault(item => item.AnotherOf == number && !item.IsOver) is { } same)
            {
                return (quiz, same.Number, IsNew: false);
            }

            GrowthRules.Require(quiz, like, time.GetUtcNow());
            QuizEntry another = await drawer.AnotherAsync(quiz, like, cancellationToken);
            if (await store.TryAddAsync(id, another, quota, cancellationToken))
            {
                return (quiz with { Items = [.. quiz.Items, another], FinishedAt = null }, another.Number, IsNew: true);
            }

            // Another item was added first; the next iteration reads it.
        }
    }

    /// <summary>The quiz, finished now unless it is over: unanswered items count as 0, and every key may be shown.</summary>
    /// <exception cref="PracticeException">There is none that the learner may see.</exception>
    public async Task<Quiz> FinishAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if ((await FindAsync(id, learner, cancellationToken)).Progress.StateAt(now) == QuizStatus.Open)
        {
            await store.FinishAsync(id, now, cancellationToken);
        }

        return await FindAsync(id, learner, cancellationToken);
    }

    /// <summary>The quiz of this id.</summary>
    /// <exception cref="PracticeException">There is none that the learner may see.</exception>
    public async Task<Quiz> FindAsync(string id, string? learner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, learner, cancellationToken) ?? throw NotFound(id);

    /// <summary>Deletes the quiz of this id.</summary>
    /// <exception cref="PracticeException">There is none that the learner may see.</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, learner, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    // The first answer counts as a review of the question if the quiz belongs to a learner; one in words counts once it is marked.
    private static async Task<bool> StoreAsync(IPracticeTransaction transaction, AnswerContext context, QuizEntry item, string? key)
    {
        GradedAnswer answer = item.Answer!;
        if (!await transaction.TryAnswerAsync(context.Quiz, item, key))
        {
            return false;
        }

        if (context.Learner is { } owner && item.Tried == 1 && !item.IsSelfMarked)
        {
            await RecordedAnswer.Graded(owner, item.Variant, AnswerOrigin.Quiz, answer.Grade.Score, answer.At).AddToAsync(transaction);
        }

        return true;
    }

    private static QuizEntry Open(AnswerContext context, int number, DateTimeOffset now)
    {
        QuizEntry item = context.Item ?? throw NoItem(number, context.Progress);
        if (item.IsOver)
        {
            throw new PracticeException(PracticeError.ItemAnswered, $"Item {number} is already answered; the quiz shows the result.");
        }

        return context.Progress.StateAt(now) switch
        {
            QuizStatus.Expired => throw new PracticeException(PracticeError.QuizExpired,
                $"The quiz expired at {context.Progress.ExpiresAt:O}; the answer came too late."),
            QuizStatus.Finished => throw new PracticeException(PracticeError.QuizExpired, "The quiz is finished; it takes no more answers."),
            _ => item,
        };
    }

    private static bool IsSame(QuizEntry before, int number, SubmittedAnswer answer) =>
        before.Number == number && before.Answer!.Given.IsSame(answer);

    private static PracticeException OtherAnswer(string key) =>
        new(PracticeError.KeyReused, $"The idempotency key '{key}' was used with another answer.");

    private static PracticeException NoItem(int number, QuizProgress progress) =>
        new(PracticeError.UnknownItem, $"No item {number}; items count from 1 to {progress.Count}.");

    private static PracticeException NotFound(string id) => PracticeException.NotFound($"No quiz '{id}'.");
}

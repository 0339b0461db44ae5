using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;
using Backprop.Domain.Quotas;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>The quiz that is asked for.</summary>
/// <param name="Filter">The questions to draw from.</param>
/// <param name="Count">The number of items; null for ten, or as many as match.</param>
/// <param name="Seed">The seed; null for a random one.</param>
/// <param name="TimeLimit">The time for all answers; null if there is no limit.</param>
public sealed record QuizOptions(QuestionFilter Filter, int? Count, long? Seed, TimeSpan? TimeLimit);

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
    private const int DefaultCount = 10;

    /// <summary>Creates a quiz.</summary>
    /// <param name="options">The quiz.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="PracticeException">There are not enough questions.</exception>
    public async Task<Quiz> CreateAsync(QuizOptions options, string? learner, string client, CancellationToken cancellationToken)
    {
        QuestionFilter filter = await bank.CheckedAsync(options.Filter with { IsGradable = true }, cancellationToken);
        IReadOnlyList<long> candidates = await bank.ListAsync(filter, cancellationToken);
        int count = options.Count ?? Math.Min(DefaultCount, candidates.Count);
        if (candidates.Count == 0)
        {
            throw await NoneGradableAsync(options.Filter, cancellationToken);
        }

        if (count > candidates.Count)
        {
            throw new PracticeException(PracticeError.TooFewMatches,
                $"count must be at most {candidates.Count}, the matching questions; got {count}.");
        }

        long seed = options.Seed ?? RandomNames.Seed();
        IReadOnlyList<DrawableQuestion> chosen = await bank.ReadAsync(QuizSampler.Choose(candidates, count, seed), cancellationToken);
        QuizEntry[] items = [.. chosen.Select((question, index) => Item(question, index + 1, seed, cancellationToken))];
        DateTimeOffset now = time.GetUtcNow();
        var quiz = new Quiz(RandomNames.Id(), seed, now, now + options.TimeLimit, items) { Learner = learner };
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
            item = item with { Answer = new GradedAnswer(answer, grader.GradeOrRefuse(item.Variant, answer, cancellationToken), arrived) };
            if (await transactions.RunAsync(transaction => StoreAsync(transaction, context, item, key), cancellationToken))
            {
                return item;
            }

            // Another answer came first; the next iteration reads it.
        }
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

    // The first answer counts; it also counts as a review of the question if the quiz belongs to a learner.
    private static async Task<bool> StoreAsync(IPracticeTransaction transaction, AnswerContext context, QuizEntry item, string? key)
    {
        GradedAnswer answer = item.Answer!;
        if (!await transaction.TryAnswerAsync(context.Quiz, item.Number, answer, key))
        {
            return false;
        }

        if (context.Learner is { } owner)
        {
            await RecordedAnswer.Graded(owner, item.Variant, AnswerOrigin.Quiz, answer.Grade.Score, answer.At).AddToAsync(transaction);
        }

        return true;
    }

    private QuizEntry Item(DrawableQuestion question, int number, long seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new QuizEntry(number, question.Version, QuizSampler.Variant(question, seed, draw));
    }

    private static QuizEntry Open(AnswerContext context, int number, DateTimeOffset now)
    {
        if (context.Item is not { } item)
        {
            throw new PracticeException(PracticeError.UnknownItem, $"No item {number}; items count from 1 to {context.Progress.Count}.");
        }

        if (item.Answer is not null)
        {
            throw new PracticeException(PracticeError.ItemAnswered, $"Item {number} is already answered; the quiz shows the result.");
        }

        return context.Progress.StateAt(now) == QuizStatus.Expired
            ? throw new PracticeException(PracticeError.QuizExpired,
                $"The quiz expired at {context.Progress.ExpiresAt:O}; the answer came too late.")
            : item;
    }

    private static bool IsSame(QuizEntry before, int number, SubmittedAnswer answer) =>
        before.Number == number && before.Answer!.Given.IsSame(answer);

    private static PracticeException OtherAnswer(string key) =>
        new(PracticeError.KeyReused, $"The idempotency key '{key}' was used with another answer.");

    private static PracticeException NotFound(string id) => PracticeException.NotFound($"No quiz '{id}'.");

    private async Task<PracticeException> NoneGradableAsync(QuestionFilter filter, CancellationToken cancellationToken)
    {
        bool hasInterviews = (await bank.ListAsync(filter with { Kind = QuestionFormat.Interview }, cancellationToken)).Count > 0;
        return hasInterviews
            ? new(PracticeError.OnlyInterviews, "Only interview questions match these filters, which a quiz cannot grade.")
            : new(PracticeError.NoMatch, "No question that a quiz can grade matches these filters.");
    }
}

using System.Security.Cryptography;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Client.Practice;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Creates quizzes and grades answers.</summary>
/// <param name="questions">The questions to draw from.</param>
/// <param name="store">Stores quizzes.</param>
/// <param name="draw">Draws templates.</param>
/// <param name="grading">Grades answers.</param>
/// <param name="limits">How many quizzes are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class QuizService(
    QuizQuestions questions, QuizStore store, VariantDrawing draw, QuestionGrader grading, IOptions<BackpropLimits> limits, TimeProvider time)
{
    private const int DefaultCount = 10;
    private const int DrawnSeeds = int.MaxValue;
    private const int MaxAnswer = 10_000;

    /// <summary>Creates a quiz.</summary>
    /// <param name="request">The validated request.</param>
    /// <param name="learner">The owner; null if anyone with the id may use it.</param>
    /// <param name="client">The network address of the client, which the quota is counted for if there is no learner.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="ProblemException">There are not enough questions (422).</exception>
    public async Task<Quiz> CreateAsync(QuizRequest request, string? learner, string client, CancellationToken cancellationToken)
    {
        List<long> candidates = await questions.GradableAsync(QuestionFilters.Read(request.Filters), cancellationToken);
        int count = request.Count ?? Math.Min(DefaultCount, candidates.Count);
        if (candidates.Count == 0)
        {
            bool hasInterviews = (await questions.InterviewsAsync(QuestionFilters.Read(request.Filters), cancellationToken)).Count > 0;
            throw new ProblemException(422, "filters", hasInterviews
                ? "Only interview questions match these filters, which a quiz cannot grade; practise them with POST /interviews."
                : "No question that a quiz can grade matches these filters.");
        }

        if (count > candidates.Count)
        {
            throw new ProblemException(422, "count", $"count must be at most {candidates.Count}, the matching questions; got {count}.");
        }

        long seed = request.Seed ?? NewSeed();
        DrawableQuestion[] chosen = await questions.ReadAsync(QuizSampler.Choose(candidates, count, seed), cancellationToken);
        QuizEntry[] items = [.. chosen.Select((question, index) => Item(question, index + 1, seed, cancellationToken))];
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? expires = request.TimeLimitSeconds is { } seconds ? now.AddSeconds(seconds) : null;
        var quiz = new Quiz(NewId(), seed, now, expires, items);
        await store.AddAsync(quiz, learner, client, limits.Value.QuizQuota(), cancellationToken);
        return quiz;
    }

    /// <summary>The item with the answer that counts: this one, or the same one sent before with the same key.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null if anonymous.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The idempotency key, or null.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="ProblemException">It cannot be graded: 404, 409 or 422; it does not count then.</exception>
    public async Task<QuizEntry> AnswerAsync(string id, string? learner, int number, SubmittedAnswer answer, string? key,
        CancellationToken cancellationToken)
    {
        DateTimeOffset arrived = time.GetUtcNow();
        while (true)
        {
            AnswerContext situation = await store.FindAsync(id, learner, number, key, cancellationToken) ?? throw NotFound(id);
            if (situation.Keyed is { } before)
            {
                return IsSame(before, number, answer) ? before : throw OtherBody(key!);
            }

            QuizEntry item = Open(situation, number, arrived);
            var graded = new GradedAnswer(answer, Grade(grading, item.Variant, answer, cancellationToken), arrived);
            if (await store.AnswerAsync(situation.Quiz, number, graded, key, cancellationToken))
            {
                return item with { Answer = graded };
            }

            // Another answer came first; the next iteration reads it.
        }
    }

    /// <summary>The quiz of this id.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404).</exception>
    public async Task<Quiz> FindAsync(string id, string? learner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, learner, cancellationToken) ?? throw NotFound(id);

    /// <summary>Deletes the quiz of this id.</summary>
    /// <exception cref="ProblemException">None that the learner may see (404).</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, learner, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    /// <summary>An unguessable id: 128 random bits.</summary>
    internal static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A seed for a request without one.</summary>
    internal static long NewSeed() => RandomNumberGenerator.GetInt32(DrawnSeeds);

    private QuizEntry Item(DrawableQuestion question, int number, long seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new QuizEntry(number, question.Version, Variant(question, seed));
    }

    // A template was tried with seed 0 when it was stored; if it rejects this seed, seed 0 is used.
    private Question Variant(DrawableQuestion question, long seed)
    {
        try
        {
            return QuizSampler.Variant(question.Question, seed, draw);
        }
        catch (Exception exception) when (exception is TemplateException or GraphException)
        {
            return QuizSampler.Variant(question.Shown, seed, draw);
        }
    }

    /// <summary>Grades an answer.</summary>
    /// <exception cref="ProblemException">It cannot be parsed (422).</exception>
    internal static Graded Grade(QuestionGrader grading, Question variant, SubmittedAnswer answer, CancellationToken cancellationToken)
    {
        // It is stored, so its length is limited.
        if (answer.Texts.Count > MaxAnswer || answer.Texts.Sum(text => (long)text.Length) > MaxAnswer)
        {
            throw new ProblemException(422, "answer", $"answer must have at most {MaxAnswer} characters.");
        }

        return grading.Grade(variant, answer, cancellationToken) switch
        {
            Graded graded => graded,
            Unreadable unreadable => throw new ProblemException(422, "answer", unreadable.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    private static QuizEntry Open(AnswerContext situation, int number, DateTimeOffset now)
    {
        if (situation.Item is not { } item)
        {
            throw new ProblemException(422, "item", $"No item {number}; items count from 1 to {situation.Progress.Count}.");
        }

        if (item.Answer is not null)
        {
            throw new ProblemException(409, "item", $"Item {number} is already answered; the quiz shows the result.");
        }

        if (situation.Progress.StateAt(now) == QuizStatus.Expired)
        {
            throw new ProblemException(409, "", $"The quiz expired at {situation.Progress.ExpiresAt:O}; the answer came too late.");
        }

        return item;
    }

    private static bool IsSame(QuizEntry before, int number, SubmittedAnswer answer) =>
        before.Number == number && before.Answer!.Given.IsList == answer.IsList && before.Answer.Given.Texts.SequenceEqual(answer.Texts);

    private static ProblemException OtherBody(string key) => new(422, "", $"The Idempotency-Key '{key}' was used with another answer.");

    private static ProblemException NotFound(string id) => ProblemException.NotFound($"No quiz '{id}'.");
}

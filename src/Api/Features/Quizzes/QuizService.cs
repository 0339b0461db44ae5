using System.Security.Cryptography;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Practice;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;
using Backprop.Domain.Practice.Templates;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Draws quizzes and grades answers.</summary>
/// <param name="questions">What to draw from.</param>
/// <param name="store">Where quizzes are kept.</param>
/// <param name="draw">Draws patterns.</param>
/// <param name="grading">Grades answers.</param>
/// <param name="limits">How many quizzes are kept.</param>
/// <param name="time">The clock.</param>
public sealed class QuizService(
    QuizQuestions questions, QuizStore store, VariantDrawing draw, QuestionGrader grading, IOptions<BackpropLimits> limits, TimeProvider time)
{
    private const int DefaultCount = 10;
    private const int DrawnSeeds = int.MaxValue;
    private const int MaxAnswer = 10_000;

    /// <summary>A new quiz.</summary>
    /// <param name="request">What is asked for, validated.</param>
    /// <param name="learner">Whose it is; null where whoever knows the id may take it.</param>
    /// <param name="client">The network address of the client, for whose quota it counts where there is no learner.</param>
    /// <param name="cancellation">Gives up; nothing is stored then.</param>
    /// <exception cref="ProblemException">There are not as many questions (422).</exception>
    public async Task<Quiz> CreateAsync(QuizRequest request, string? learner, string client, CancellationToken cancellation)
    {
        List<long> candidates = await questions.GradableAsync(QuestionFilters.Read(request.Filters), cancellation);
        int count = request.Count ?? Math.Min(DefaultCount, candidates.Count);
        if (candidates.Count == 0)
            throw new ProblemException(422, "filters", "No question that a quiz can grade passes these filters.");
        if (count > candidates.Count)
            throw new ProblemException(422, "count", $"count is {count}; {candidates.Count} questions pass the filters.");
        long seed = request.Seed ?? NewSeed();
        DrawableQuestion[] chosen = await questions.ReadAsync(QuizSampler.Choose(candidates, count, seed), cancellation);
        QuizEntry[] items = [.. chosen.Select((question, index) => Item(question, index + 1, seed, cancellation))];
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? expires = request.TimeLimitSeconds is { } seconds ? now.AddSeconds(seconds) : null;
        var quiz = new Quiz(NewId(), seed, now, expires, items);
        await store.AddAsync(quiz, learner, client, limits.Value.QuizQuota(), cancellation);
        return quiz;
    }

    /// <summary>The item with the answer that counts: the one given now, or the very same one given before under the same key.</summary>
    /// <param name="id">The id of the quiz.</param>
    /// <param name="learner">Who answers; null for nobody known.</param>
    /// <param name="number">The number of the item.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The key by which the client would know it again, or null.</param>
    /// <param name="cancellation">Gives up; nothing is stored then.</param>
    /// <exception cref="ProblemException">It cannot be graded: 404, 409 or 422; it costs nothing then.</exception>
    public async Task<QuizEntry> AnswerAsync(string id, string? learner, int number, SubmittedAnswer answer, string? key,
        CancellationToken cancellation)
    {
        DateTimeOffset arrived = time.GetUtcNow();
        while (true)
        {
            AnswerContext situation = await store.FindAsync(id, learner, number, key, cancellation) ?? throw NotFound(id);
            if (situation.Keyed is { } before)
                return IsSame(before, number, answer) ? before : throw OtherBody(key!);
            QuizEntry item = Open(situation, number, arrived);
            var graded = new GradedAnswer(answer, Grade(grading, item.Variant, answer, cancellation), arrived);
            if (await store.AnswerAsync(situation.Quiz, number, graded, key, cancellation))
                return item with { Answer = graded };

            // Another answer came first: the next look tells which.
        }
    }

    /// <summary>The quiz of this id.</summary>
    /// <exception cref="ProblemException">There is none that the learner may see (404).</exception>
    public async Task<Quiz> FindAsync(string id, string? learner, CancellationToken cancellation) =>
        await store.FindAsync(id, learner, cancellation) ?? throw NotFound(id);

    /// <summary>Deletes the quiz of this id.</summary>
    /// <exception cref="ProblemException">There is none that the learner may see (404).</exception>
    public async Task DeleteAsync(string id, string? learner, CancellationToken cancellation)
    {
        if (!await store.DeleteAsync(id, learner, cancellation))
            throw NotFound(id);
    }

    /// <summary>An id that nobody can guess: 128 random bits.</summary>
    internal static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A seed for who names none.</summary>
    internal static long NewSeed() => RandomNumberGenerator.GetInt32(DrawnSeeds);

    private QuizEntry Item(DrawableQuestion question, int number, long seed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new QuizEntry(number, question.Version, Variant(question, seed));
    }

    // A pattern was tried with seed 0 when it was stored; where this seed does not suit it, that draw stands in.
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

    /// <summary>Judges an answer.</summary>
    /// <exception cref="ProblemException">It cannot be read (422).</exception>
    internal static Graded Grade(QuestionGrader grading, Question variant, SubmittedAnswer answer, CancellationToken cancellation)
    {
        // It is stored, so its length is limited as that of all that is stored.
        if (answer.Texts.Count > MaxAnswer || answer.Texts.Sum(text => (long)text.Length) > MaxAnswer)
            throw new ProblemException(422, "answer", $"An answer has at most {MaxAnswer} characters.");
        return grading.Grade(variant, answer, cancellation) switch
        {
            Graded graded => graded,
            Unreadable unreadable => throw new ProblemException(422, "answer", unreadable.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    private static QuizEntry Open(AnswerContext situation, int number, DateTimeOffset now)
    {
        if (situation.Item is not { } item)
            throw new ProblemException(422, "item", $"There is no item {number}; the quiz has {situation.Progress.Count}.");
        if (item.Answer is not null)
            throw new ProblemException(409, "item", $"Item {number} is answered already; the quiz shows what came of it.");
        if (situation.Progress.StateAt(now) == QuizStatus.Expired)
            throw new ProblemException(409, "", $"The quiz expired at {situation.Progress.ExpiresAt:O}; the answer came too late.");
        return item;
    }

    private static bool IsSame(QuizEntry before, int number, SubmittedAnswer answer) =>
        before.Number == number && before.Answer!.Given.IsList == answer.IsList && before.Answer.Given.Texts.SequenceEqual(answer.Texts);

    private static ProblemException OtherBody(string key) => new(422, "", $"The Idempotency-Key '{key}' came with another answer before.");

    private static ProblemException NotFound(string id) => ProblemException.NotFound($"There is no quiz '{id}'.");
}

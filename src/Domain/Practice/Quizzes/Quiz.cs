using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Whether a quiz takes answers.</summary>
public enum QuizStatus
{
    /// <summary>It takes answers.</summary>
    Open,

    /// <summary>Every item is answered.</summary>
    Finished,

    /// <summary>The time ran out before every item was answered.</summary>
    Expired,
}

/// <summary>The progress of a quiz.</summary>
/// <param name="Count">How many items it has.</param>
/// <param name="Answered">How many of them are answered.</param>
/// <param name="ExpiresAt">Answers submitted from this time on are rejected; null if there is no limit.</param>
public readonly record struct QuizProgress(int Count, int Answered, DateTimeOffset? ExpiresAt)
{
    /// <summary>The state at a time. A quiz that was finished in time stays finished.</summary>
    public QuizStatus StateAt(DateTimeOffset now) =>
        Answered == Count ? QuizStatus.Finished : ExpiresAt <= now ? QuizStatus.Expired : QuizStatus.Open;
}

/// <summary>A quiz.</summary>
/// <param name="Id">Its id, which cannot be guessed.</param>
/// <param name="Seed">The random seed it was drawn with.</param>
/// <param name="CreatedAt">When it was drawn.</param>
/// <param name="ExpiresAt">Answers submitted from this time on are rejected; null if there is no limit.</param>
/// <param name="Items">Its items by their number.</param>
public sealed record Quiz(string Id, long Seed, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<QuizEntry> Items)
{
    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? Learner { get; init; }

    /// <summary>Its progress.</summary>
    public QuizProgress Progress => new(Items.Count, Items.Count(item => item.Answer is not null), ExpiresAt);

    /// <summary>The mean score of its items, 0 … 1: unanswered items count as 0.</summary>
    public double Score => Items.Average(item => item.Score);
}

/// <summary>A question of a quiz, stored in full: later versions of the question do not change it.</summary>
/// <param name="Number">Its number in the quiz, from 1.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Variant">The question as it was drawn, with its key.</param>
/// <param name="Answer">Its answer; null until it is answered.</param>
public sealed record QuizEntry(int Number, int Version, Question Variant, GradedAnswer? Answer = null)
{
    /// <summary>0 … 1; unanswered items count as 0.</summary>
    public double Score => Answer?.Grade.Score ?? 0;

    /// <summary>Whether the score is full.</summary>
    public bool IsCorrect => Answer is { Grade.IsCorrect: true };
}

/// <summary>An answer that was graded.</summary>
/// <param name="Given">The answer as submitted.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="At">When it was answered.</param>
public sealed record GradedAnswer(SubmittedAnswer Given, Graded Grade, DateTimeOffset At);

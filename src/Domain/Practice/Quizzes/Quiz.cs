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

    /// <summary>The time was over before every item was answered.</summary>
    Expired,
}

/// <summary>How far a quiz has come.</summary>
/// <param name="Count">How many items it has.</param>
/// <param name="Answered">How many of them are answered.</param>
/// <param name="ExpiresAt">From when on no answer counts; null where there is no limit.</param>
public readonly record struct QuizProgress(int Count, int Answered, DateTimeOffset? ExpiresAt)
{
    /// <summary>The state at a time. What was finished in time stays finished.</summary>
    public QuizStatus StateAt(DateTimeOffset now) =>
        Answered == Count ? QuizStatus.Finished : ExpiresAt <= now ? QuizStatus.Expired : QuizStatus.Open;
}

/// <summary>A quiz.</summary>
/// <param name="Id">Its id, which nobody can guess.</param>
/// <param name="Seed">What it was drawn from.</param>
/// <param name="CreatedAt">When it was drawn.</param>
/// <param name="ExpiresAt">From when on no answer counts; null where there is no limit.</param>
/// <param name="Items">Its items by their number.</param>
public sealed record Quiz(string Id, long Seed, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<QuizEntry> Items)
{
    /// <summary>How far it has come.</summary>
    public QuizProgress Progress => new(Items.Count, Items.Count(item => item.Answer is not null), ExpiresAt);

    /// <summary>The mean score of its items, 0 … 1: what is not answered counts as 0.</summary>
    public double Score => Items.Average(item => item.Score);
}

/// <summary>A question of a quiz, stored whole: later versions of the question do not change it.</summary>
/// <param name="Number">Its number in the quiz, from 1.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Variant">The question as it was drawn, with its key.</param>
/// <param name="Answer">How it was answered; null until then.</param>
public sealed record QuizEntry(int Number, int Version, Question Variant, GradedAnswer? Answer = null)
{
    /// <summary>0 … 1; what is not answered counts as 0.</summary>
    public double Score => Answer?.Grade.Score ?? 0;

    /// <summary>Whether nothing is missing.</summary>
    public bool IsCorrect => Answer is { Grade.IsCorrect: true };
}

/// <summary>An answer that was graded.</summary>
/// <param name="Given">What was answered.</param>
/// <param name="Grade">What came of it.</param>
/// <param name="At">When it was answered.</param>
public sealed record GradedAnswer(SubmittedAnswer Given, Graded Grade, DateTimeOffset At);

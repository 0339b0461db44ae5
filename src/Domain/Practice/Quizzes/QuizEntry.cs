using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>A question of a quiz, stored in full: later versions of the question do not change it.</summary>
/// <param name="Number">Its number in the quiz, from 1.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Variant">The question as it was drawn, with its key.</param>
/// <param name="Answer">Its last answer; null until it is answered.</param>
public sealed record QuizEntry(int Number, int Version, Question Variant, GradedAnswer? Answer = null)
{
    /// <summary>The answers before the last one, the first one first.</summary>
    public IReadOnlyList<GradedAnswer> Earlier { get; init; } = [];

    /// <summary>How often it may be answered.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>The id of the interview question of the quiz whose skill it practises; null for an item that was asked for.</summary>
    public string? Practises { get; init; }

    /// <summary>The number of the item that it is another one like; null for an item that was drawn with the quiz.</summary>
    public int? AnotherOf { get; init; }

    /// <summary>How often it was answered.</summary>
    public int Tried => Earlier.Count + (Answer is null ? 0 : 1);

    /// <summary>How often it may still be answered: not after a right answer.</summary>
    public int TriesLeft => IsCorrect ? 0 : Tries - Tried;

    /// <summary>Whether no more answers are taken, so that its key may be shown.</summary>
    public bool IsOver => TriesLeft == 0;

    /// <summary>Whether the learner marks the answer: that of an interview question, which is in words.</summary>
    public bool IsSelfMarked => Variant.Interview is not null;

    /// <summary>0 … 1: the best of its tries, each weighted by its worth; unanswered items count as 0.</summary>
    public double Score => Answers.Select((answer, index) => TryRules.Worth(index + 1, Tries) * answer.Grade.Score).DefaultIfEmpty().Max();

    /// <summary>Whether a try scored fully.</summary>
    public bool IsCorrect => Answers.Any(answer => answer.Grade.IsCorrect);

    private IEnumerable<GradedAnswer> Answers => Answer is { } last ? Earlier.Append(last) : Earlier;

    /// <summary>The item with another answer.</summary>
    /// <param name="answer">The answer.</param>
    public QuizEntry With(GradedAnswer answer) => this with { Earlier = [.. Answers], Answer = answer };
}

/// <summary>An answer that was graded.</summary>
/// <param name="Given">The answer as submitted.</param>
/// <param name="Grade">Its grade; that of an answer in words is 0 until it is marked.</param>
/// <param name="At">When it was answered.</param>
public sealed record GradedAnswer(SubmittedAnswer Given, Graded Grade, DateTimeOffset At)
{
    /// <summary>The ids of the facts of the rubric that an answer in words mentioned; null until they are marked.</summary>
    public IReadOnlySet<string>? MentionedFacts { get; init; }
}

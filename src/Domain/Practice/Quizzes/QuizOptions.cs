using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Quizzes;

/// <summary>The quiz that is asked for.</summary>
/// <param name="Filter">The questions to draw from.</param>
/// <param name="Count">The number of items; null for ten, or as many as match.</param>
/// <param name="Seed">The seed; null for a random one.</param>
/// <param name="TimeLimit">The time for all answers; null if there is no limit.</param>
public sealed record QuizOptions(QuestionFilter Filter, int? Count, long? Seed, TimeSpan? TimeLimit)
{
    /// <summary>The most exercises that may follow an interview question.</summary>
    public const int MostExercises = 3;

    /// <summary>Whether the items are the questions of <see cref="QuestionFilter.Ids"/> in their order, instead of a sample.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>How often an item may be answered.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>How many exercises that practise its skill follow each interview question, in addition to the count; null for one if there is no
    /// count, otherwise none.</summary>
    public int? Exercises { get; init; }

    /// <summary>What items do not show.</summary>
    public HiddenDetails Hidden { get; init; }
}

using Backprop.Client.Practice;

namespace Backprop.Client.Learners;

/// <summary>The question of a day, the same for everyone.</summary>
public sealed record DailyQuestion
{
    /// <summary>The day, by UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The question as it is drawn for the day, without its key.</summary>
    public required QuestionPage Question { get; init; }
}

/// <summary>Answers the question of today.</summary>
public sealed record DailyAnswerRequest
{
    /// <summary>The day that the question was asked on; where it is over the answer is 409. Default: today.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The answer.</summary>
    public required AnswerValue Answer { get; init; }
}

/// <summary>What came of an answer to the question of a day.</summary>
public sealed record DailyAnswerResult
{
    /// <summary>The day, by UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>What came of the answer.</summary>
    public required AnswerGrade Grade { get; init; }

    /// <summary>Why the answer is what it is, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where that comes from.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }

    /// <summary>True where it counts towards the progress of who is signed in: the first answer of the day does.</summary>
    public required bool Recorded { get; init; }
}

using Backprop.Client.Practice;

namespace Backprop.Client.Learners;

/// <summary>The question of a day, the same for everyone.</summary>
public sealed record DailyQuestion
{
    /// <summary>The date, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The question as drawn for the day, without its key.</summary>
    public required QuestionPage Question { get; init; }
}

/// <summary>Answers today's question.</summary>
public sealed record DailyAnswerRequest
{
    /// <summary>The date of the question; 409 if it is over. Default: today.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The answer.</summary>
    public required AnswerValue Answer { get; init; }
}

/// <summary>The result of answering the question of the day.</summary>
public sealed record DailyAnswerResult
{
    /// <summary>The date, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The result of the answer.</summary>
    public required AnswerGrade Grade { get; init; }

    /// <summary>The explanation, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Its sources.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }

    /// <summary>The worked solution; absent if the question is about no graph.</summary>
    public WorkedSolution? Solution { get; init; }

    /// <summary>True if it counts towards the learner's progress: only the first answer of the day does.</summary>
    public required bool Recorded { get; init; }
}

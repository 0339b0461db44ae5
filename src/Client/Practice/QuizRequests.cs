namespace Backprop.Client.Practice;

/// <summary>Asks for a quiz.</summary>
public sealed record QuizRequest
{
    /// <summary>Which questions to draw from. Default: all that a quiz can grade.</summary>
    public QuestionFilterContract? Filters { get; init; }

    /// <summary>How many questions, 1 to 50. Default: 10, or as many as there are.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// What to draw from: the same filters, count and seed give the same quiz as long as the questions stay the same. Default: one at random, which
    /// the answer tells.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>Seconds after which no answer counts, by the clock of the service. Default: no limit.</summary>
    public int? TimeLimitSeconds { get; init; }
}

/// <summary>An answer to an item of a quiz.</summary>
public sealed record QuizAnswerRequest
{
    /// <summary>The number of the item, from 1.</summary>
    public required int Item { get; init; }

    /// <summary>The answer.</summary>
    public required AnswerValue Answer { get; init; }
}

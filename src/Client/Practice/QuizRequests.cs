namespace Backprop.Client.Practice;

/// <summary>Requests a quiz.</summary>
public sealed record QuizRequest
{
    /// <summary>The filters of the questions to draw from. Default: all that a quiz can grade.</summary>
    public QuizFilters? Filters { get; init; }

    /// <summary>The number of questions, 1 to 50. Default: 10, or fewer if fewer match.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// The random seed: the same filters, count and seed give the same quiz as long as the questions stay the same. Default: a random one, which the
    /// answer contains.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>Seconds after which answers are rejected, by the clock of the service. Default: no limit.</summary>
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

namespace Backprop.Client.Practice;

/// <summary>Requests a quiz.</summary>
public sealed record QuizRequest
{
    /// <summary>The filters of the questions to draw from. Default: all that a quiz can grade.</summary>
    public QuizFilters? Filters { get; init; }

    /// <summary>
    /// The id of a study set (<c>GET /study-sets</c>), whose questions are asked in its order; filters select among them. Default: none.
    /// </summary>
    public string? StudySet { get; init; }

    /// <summary>
    /// The number of questions, 1 to 50. Default: 10, or fewer if fewer match; of a study set all that match, at most 50.
    /// </summary>
    public int? Count { get; init; }

    /// <summary>
    /// The number of exercises, 0 to 3, that practise its skill after each interview question, in addition to <c>count</c>; their items have
    /// <c>practises</c>. Default: 1 without <c>count</c>, otherwise 0.
    /// </summary>
    public int? Exercises { get; init; }

    /// <summary>
    /// How often an item may be answered, 1 to 5. The key is shown after a fully correct answer or the last try. The n-th of m tries is worth
    /// 1 − (n − 1)/m of its score; the best one counts. Questions that are true or false and interview questions have one try, those with choices
    /// fewer than choices. Default: 1.
    /// </summary>
    public int? Tries { get; init; }

    /// <summary>What items do not show until they take no more answers. Default: nothing.</summary>
    public IReadOnlyList<QuestionDetail>? Hide { get; init; }

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

    /// <summary>The answer; to an interview question a text in your own words.</summary>
    public required AnswerValue Answer { get; init; }
}

/// <summary>Marks the facts of the rubric that the answer to an interview question of a quiz mentions.</summary>
public sealed record QuizMarksRequest
{
    /// <summary>The ids of the facts, each once.</summary>
    public required IReadOnlyList<string> Named { get; init; }
}

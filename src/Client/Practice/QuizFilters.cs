namespace Backprop.Client.Practice;

/// <summary>
/// The filters of <c>GET /questions</c>, which select what a quiz or an interview draws from. The values of one filter are alternatives; the filters
/// combine.
/// </summary>
public sealed record QuizFilters
{
    /// <summary>Companies known to ask the question; case is ignored. Default: any or none.</summary>
    public IReadOnlyList<string>? Company { get; init; }

    /// <summary>Whether one of the companies must ask it or all of them. Default: any.</summary>
    public CompanyMatch? CompanyMatch { get; init; }

    /// <summary>Its difficulty; one or several. Default: any.</summary>
    public OneOrMany<Difficulty>? Difficulty { get; init; }

    /// <summary>The id of its topic; one or several. Default: any.</summary>
    public OneOrMany<string>? Topic { get; init; }

    /// <summary>Its kind; one or several. Default: any.</summary>
    public OneOrMany<QuestionKind>? Kind { get; init; }

    /// <summary>A label of the question; one or several, of which it must have one. Default: any.</summary>
    public OneOrMany<string>? Tag { get; init; }

    /// <summary>The id of the question; one or several. Default: any.</summary>
    public OneOrMany<string>? Id { get; init; }

    /// <summary>Words that title, prompt and labels must all contain, in any form and order.</summary>
    public string? Q { get; init; }

    /// <summary>Whether only questions match that the signed-in learner has not answered or reviewed yet. Default: false.</summary>
    public bool? Unseen { get; init; }

    /// <summary>Whether only questions match whose last graded answer by the signed-in learner did not score fully. Default: false.</summary>
    public bool? AnsweredWrong { get; init; }
}

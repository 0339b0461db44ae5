namespace Backprop.Client.Practice;

/// <summary>The filters of <c>GET /questions</c>, which select what a quiz or an interview draws from; they combine.</summary>
public sealed record QuizFilters
{
    /// <summary>Companies known to ask the question; case is ignored. Default: any or none.</summary>
    public IReadOnlyList<string>? Company { get; init; }

    /// <summary>Whether one of the companies must ask it or all of them. Default: any.</summary>
    public CompanyMatch? CompanyMatch { get; init; }

    /// <summary>Its difficulty. Default: any.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>The id of its topic. Default: any.</summary>
    public string? Topic { get; init; }

    /// <summary>Its kind. Default: any.</summary>
    public QuestionKind? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all contain, in any form and order.</summary>
    public string? Q { get; init; }
}

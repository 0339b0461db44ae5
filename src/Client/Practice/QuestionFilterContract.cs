namespace Backprop.Client.Practice;

/// <summary>Which questions to draw from: the filters of <c>GET /questions</c>, which combine.</summary>
public sealed record QuestionFilterContract
{
    /// <summary>Companies that are known to ask the question; upper and lower case are one. Default: any or none.</summary>
    public IReadOnlyList<string>? Company { get; init; }

    /// <summary>Whether one of the companies must ask it or all of them. Default: any.</summary>
    public CompanyMatch? CompanyMatch { get; init; }

    /// <summary>How hard it is. Default: any.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>The id of its topic. Default: any.</summary>
    public string? Topic { get; init; }

    /// <summary>How it is answered. Default: any.</summary>
    public QuestionKind? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all have, in any form and order.</summary>
    public string? Q { get; init; }
}

namespace Backprop.Domain.Practice.Questions;

/// <summary>A filter of questions; null or empty members match all. Retired questions never match.</summary>
public sealed record QuestionFilter
{
    /// <summary>Companies that ask it; case is ignored.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Whether all the companies must ask it, not just one of them.</summary>
    public bool AllCompanies { get; init; }

    /// <summary>Its difficulty.</summary>
    public DifficultyLevel? Difficulty { get; init; }

    /// <summary>The id of its topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Its kind.</summary>
    public QuestionFormat? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all contain, in any form and order.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Whether the service must be able to grade it without its answer being public: none that is open, and none of kind interview.
    /// </summary>
    public bool IsGradable { get; init; }
}

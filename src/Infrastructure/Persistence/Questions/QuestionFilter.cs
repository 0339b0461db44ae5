using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>What is asked of questions; what is null or empty lets all through. Retired questions never come through.</summary>
public sealed record QuestionFilter
{
    /// <summary>Companies that ask it; upper and lower case are one.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Whether all the companies must ask it, not just one of them.</summary>
    public bool AllCompanies { get; init; }

    /// <summary>How hard it is.</summary>
    public DifficultyLevel? Difficulty { get; init; }

    /// <summary>The id of its topic.</summary>
    public string? Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public QuestionFormat? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all have, in any form and order.</summary>
    public string? Text { get; init; }

    /// <summary>Whether words are all that is asked for.</summary>
    internal bool IsTextAlone => this is { Text: not null, Topic: null, Kind: null, Difficulty: null, Companies.Count: 0 };
}

/// <summary>The orders of a list; within equals the older question comes first, or the newer one in the two orders that descend.</summary>
public enum QuestionOrder
{
    /// <summary>From the oldest on.</summary>
    Oldest,

    /// <summary>From the newest on.</summary>
    Newest,

    /// <summary>From the easiest on.</summary>
    Easiest,

    /// <summary>From the hardest on.</summary>
    Hardest,

    /// <summary>From what fits the searched words best; only where words are searched.</summary>
    Relevance,
}

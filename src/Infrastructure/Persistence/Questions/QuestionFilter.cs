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
    public Difficulty? Difficulty { get; init; }

    /// <summary>The id of its topic.</summary>
    public string? Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public QuestionKind? Kind { get; init; }

    /// <summary>Words that title, prompt and labels must all have, in any form and order.</summary>
    public string? Text { get; init; }
}

/// <summary>The orders of a list. Within equals the older question comes first, or the newer one where the order is from the newest on.</summary>
public enum QuestionOrder
{
    /// <summary>From the oldest on.</summary>
    Created,

    /// <summary>From the newest on.</summary>
    CreatedDescending,

    /// <summary>From the easiest on.</summary>
    Difficulty,

    /// <summary>From the hardest on.</summary>
    DifficultyDescending,

    /// <summary>From what fits the searched words best; only where words are searched.</summary>
    Relevance,
}

using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

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

    /// <summary>Whether the filter consists only of words.</summary>
    internal bool IsTextAlone => this is { Text: not null, Topic: null, Kind: null, Difficulty: null, Companies.Count: 0 };
}

/// <summary>The orders of a list; ties are in order of creation, or the reverse in the two descending orders.</summary>
public enum QuestionOrder
{
    /// <summary>From the oldest.</summary>
    Oldest,

    /// <summary>From the newest.</summary>
    Newest,

    /// <summary>From the easiest.</summary>
    Easiest,

    /// <summary>From the hardest.</summary>
    Hardest,

    /// <summary>From the best match for the searched words; only with words.</summary>
    Relevance,
}

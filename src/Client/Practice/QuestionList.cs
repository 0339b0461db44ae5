using System.Text.Json.Serialization;

namespace Backprop.Client.Practice;

/// <summary>A question in a list.</summary>
public sealed record QuestionSummary
{
    /// <summary>Its permanent id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its kind.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Its difficulty; absent if it is hidden.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>Its title; absent if it is hidden.</summary>
    public string? Title { get; init; }

    /// <summary>The prompt, Markdown; if it is drawn from a seed, the draw of seed 0.</summary>
    public required string Prompt { get; init; }

    /// <summary>The companies known to ask it.</summary>
    public required IReadOnlyList<string> Companies { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The number of hints.</summary>
    public required int Hints { get; init; }

    /// <summary>True if a quiz draws its numbers from a seed.</summary>
    public required bool Drawn { get; init; }
}

/// <summary>A page of questions.</summary>
public sealed record QuestionList
{
    /// <summary>The questions of this page.</summary>
    public required IReadOnlyList<QuestionSummary> Items { get; init; }

    /// <summary>The number of questions that match the filters, on all pages together.</summary>
    public required long Total { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }
}

/// <summary>The number of questions of each company, difficulty, topic, kind and label, each counted under the other filters.</summary>
public sealed record QuestionFacets
{
    /// <summary>The number of questions that match all filters.</summary>
    public required long Total { get; init; }

    /// <summary>The companies, those with the most questions first.</summary>
    public required IReadOnlyList<FacetCount> Companies { get; init; }

    /// <summary>The difficulties, easiest first.</summary>
    public required IReadOnlyList<FacetCount> Difficulties { get; init; }

    /// <summary>The topics by name.</summary>
    public required IReadOnlyList<FacetCount> Topics { get; init; }

    /// <summary>The kinds.</summary>
    public required IReadOnlyList<FacetCount> Kinds { get; init; }

    /// <summary>The labels, those with the most questions first; a question may have several.</summary>
    public IReadOnlyList<FacetCount> Tags { get; init; } = [];
}

/// <summary>One value of a facet.</summary>
public sealed record FacetCount
{
    /// <summary>The value for the filter.</summary>
    public required string Value { get; init; }

    /// <summary>Its display name, if it differs.</summary>
    public string? Name { get; init; }

    /// <summary>The number of questions that have it.</summary>
    public required long Count { get; init; }
}

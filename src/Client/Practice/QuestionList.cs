using System.Text.Json.Serialization;

namespace Backprop.Client.Practice;

/// <summary>A question as a list shows it.</summary>
public sealed record QuestionSummary
{
    /// <summary>Its id for ever.</summary>
    public required string Id { get; init; }

    /// <summary>Which version of it this is, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, Markdown; of a question that is drawn from a seed, as seed 0 draws it.</summary>
    public required string Prompt { get; init; }

    /// <summary>The companies that are known to ask it.</summary>
    public required IReadOnlyList<string> Companies { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How many hints there are.</summary>
    public required int Hints { get; init; }

    /// <summary>True where a quiz draws its numbers anew from a seed.</summary>
    public required bool Drawn { get; init; }
}

/// <summary>A page of questions.</summary>
public sealed record QuestionList
{
    /// <summary>The questions of this page.</summary>
    public required IReadOnlyList<QuestionSummary> Items { get; init; }

    /// <summary>How many questions the filters let through, on all pages together.</summary>
    public required long Total { get; init; }

    /// <summary>What to send as <c>cursor</c> for the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }
}

/// <summary>How many questions there are of each company, difficulty, topic and kind, each counted under the other filters.</summary>
public sealed record QuestionFacets
{
    /// <summary>How many questions all filters together let through.</summary>
    public required long Total { get; init; }

    /// <summary>The companies, those with most questions first.</summary>
    public required IReadOnlyList<FacetCount> Companies { get; init; }

    /// <summary>The difficulties, easiest first.</summary>
    public required IReadOnlyList<FacetCount> Difficulties { get; init; }

    /// <summary>The topics by name.</summary>
    public required IReadOnlyList<FacetCount> Topics { get; init; }

    /// <summary>The kinds.</summary>
    public required IReadOnlyList<FacetCount> Kinds { get; init; }
}

/// <summary>One value of a facet.</summary>
public sealed record FacetCount
{
    /// <summary>What the filter takes.</summary>
    public required string Value { get; init; }

    /// <summary>Its name for people, where that is another one.</summary>
    public string? Name { get; init; }

    /// <summary>How many questions have it.</summary>
    public required long Count { get; init; }
}

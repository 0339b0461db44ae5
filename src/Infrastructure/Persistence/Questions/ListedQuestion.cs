using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>A question in a list.</summary>
public sealed record ListedQuestion
{
    /// <summary>The index in the order of creation.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its kind.</summary>
    public required QuestionFormat Kind { get; init; }

    /// <summary>Its difficulty.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The prompt, as drawn with seed 0.</summary>
    public required string Prompt { get; init; }

    /// <summary>Its labels, separated by spaces.</summary>
    public required string Tags { get; init; }

    /// <summary>The number of hints.</summary>
    public required int Hints { get; init; }

    /// <summary>Whether it is drawn from a seed.</summary>
    public required bool Drawn { get; init; }

    /// <summary>How well it matches the searched words; 0 if relevance does not matter.</summary>
    public required double Rank { get; init; }

    /// <summary>The companies known to ask it, by name.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Questions in the requested order.</param>
/// <param name="Total">The number of questions that match the filter.</param>
/// <param name="NextCursor">Where the next page begins, or null at the end.</param>
public sealed record ListedQuestions(IReadOnlyList<ListedQuestion> Items, long Total, string? NextCursor);

/// <summary>The number of questions of each value, each counted under the other filters; values without any are left out.</summary>
/// <param name="Total">The number of questions that match all filters.</param>
/// <param name="Companies">By company, those with the most questions first.</param>
/// <param name="Difficulties">By difficulty.</param>
/// <param name="Topics">By topic, by name.</param>
/// <param name="Kinds">By kind.</param>
/// <param name="Tags">By label, those with the most questions first.</param>
public sealed record QuestionCounts(
    long Total,
    IReadOnlyList<(string Company, long Count)> Companies,
    IReadOnlyList<(DifficultyLevel Difficulty, long Count)> Difficulties,
    IReadOnlyList<(Topic Topic, long Count)> Topics,
    IReadOnlyList<(QuestionFormat Kind, long Count)> Kinds,
    IReadOnlyList<(string Tag, long Count)> Tags);

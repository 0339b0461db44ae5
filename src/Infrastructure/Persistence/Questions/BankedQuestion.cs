using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>A question as it is given out.</summary>
/// <param name="Version">Which version it is.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Question">The question, or the pattern that it is drawn from.</param>
/// <param name="Shown">What seed 0 draws of it; the question itself where it is not drawn.</param>
public sealed record BankedQuestion(int Version, QuestionOrigin Origin, Topic Topic, Question Question, Question Shown);

/// <summary>A question as a list shows it.</summary>
public sealed record ListedQuestion
{
    /// <summary>The place in the order of creation.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Which version it is.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionFormat Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, as seed 0 draws it.</summary>
    public required string Prompt { get; init; }

    /// <summary>Its labels, separated by spaces.</summary>
    public required string Tags { get; init; }

    /// <summary>How many hints there are.</summary>
    public required int Hints { get; init; }

    /// <summary>Whether it is drawn from a seed.</summary>
    public required bool Drawn { get; init; }

    /// <summary>How well it fits the searched words; 0 where relevance does not matter.</summary>
    public required double Rank { get; init; }

    /// <summary>The companies that are known to ask it, by name.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];
}

/// <summary>A part of a list.</summary>
/// <param name="Items">Questions in the order asked for.</param>
/// <param name="Total">How many questions the filter lets through.</param>
/// <param name="NextCursor">Where the next part begins, or null at the end.</param>
public sealed record ListedQuestions(IReadOnlyList<ListedQuestion> Items, long Total, string? NextCursor);

/// <summary>How many questions there are of each value, each counted under the other filters; values without any are left out.</summary>
/// <param name="Total">How many questions all filters let through.</param>
/// <param name="Companies">By company, those with most first.</param>
/// <param name="Difficulties">By difficulty.</param>
/// <param name="Topics">By topic, by name.</param>
/// <param name="Kinds">By kind.</param>
public sealed record QuestionCounts(
    long Total,
    IReadOnlyList<(string Company, long Count)> Companies,
    IReadOnlyList<(DifficultyLevel Difficulty, long Count)> Difficulties,
    IReadOnlyList<(Topic Topic, long Count)> Topics,
    IReadOnlyList<(QuestionFormat Kind, long Count)> Kinds);

namespace Backprop.Client.Practice;

/// <summary>What an item of a study set is.</summary>
public enum StudyItemKind
{
    /// <summary>A question that the service grades.</summary>
    Question,

    /// <summary>An interview question.</summary>
    Interview,

    /// <summary>An experiment.</summary>
    Experiment,

    /// <summary>A section of a lesson.</summary>
    Section,

    /// <summary>A takeaway of a lesson.</summary>
    Takeaway,
}

/// <summary>An item of a study set.</summary>
public sealed record StudySetItem
{
    /// <summary>Its number in the set, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The title of the part of the set that it belongs to.</summary>
    public required string Part { get; init; }

    /// <summary>What it is.</summary>
    public required StudyItemKind Kind { get; init; }

    /// <summary>
    /// The id of the question or the name of the experiment; of a section or a takeaway, the id of the lesson, a slash, and the id of the section or
    /// the number of the takeaway.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Where it is: <c>/questions/weight-used-twice</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Where it is answered or run with <c>POST</c>; absent if it is only read.</summary>
    public string? Answer { get; init; }
}

/// <summary>A study set in a list.</summary>
public sealed record StudySetSummary
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public required string Summary { get; init; }

    /// <summary>The number of items.</summary>
    public required int Items { get; init; }

    /// <summary>How many of them are questions.</summary>
    public required int Questions { get; init; }
}

/// <summary>The study sets.</summary>
public sealed record StudySetList
{
    /// <summary>All of them.</summary>
    public required IReadOnlyList<StudySetSummary> Items { get; init; }
}

/// <summary>A study set.</summary>
public sealed record StudySetPage
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public required string Summary { get; init; }

    /// <summary>Its items in order.</summary>
    public required IReadOnlyList<StudySetItem> Items { get; init; }
}

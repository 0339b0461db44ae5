using System.Text.Json.Serialization;
using Backprop.Client.Practice;

namespace Backprop.Client.Learners;

/// <summary>A star and a note for a question.</summary>
public sealed record QuestionNoteRequest
{
    /// <summary>Whether the question is starred. Default: false.</summary>
    public bool Starred { get; init; }

    /// <summary>The note, Markdown, at most 4,000 characters. Default: none.</summary>
    public string? Note { get; init; }
}

/// <summary>The star and the note of a question.</summary>
public sealed record QuestionNotePage
{
    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Whether it is starred.</summary>
    public required bool Starred { get; init; }

    /// <summary>The note, Markdown; absent if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>When it was last changed; absent if there is neither star nor note.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>A page of questions with a star or a note, by their ids.</summary>
public sealed record QuestionNoteList
{
    /// <summary>The notes of this page.</summary>
    public required IReadOnlyList<QuestionNotePage> Items { get; init; }

    /// <summary>The number of notes on all pages.</summary>
    public required long Total { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }
}

/// <summary>The learner's progress through a study set. A question is done once it is answered, any item once it is marked as done.</summary>
public sealed record StudyProgressPage
{
    /// <summary>The id of the study set.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The number of items that are done.</summary>
    public required int Done { get; init; }

    /// <summary>The number of items.</summary>
    public required int Total { get; init; }

    /// <summary>The first item that is not done; absent at the end.</summary>
    public StudySetItem? Next { get; init; }

    /// <summary>What was achieved; absent until every item is done.</summary>
    public StudySummaryPage? Summary { get; init; }

    /// <summary>The items in order; absent in a list.</summary>
    public IReadOnlyList<StudyStepPage>? Items { get; init; }
}

/// <summary>An item of a study set, and whether the learner is done with it.</summary>
public sealed record StudyStepPage
{
    /// <summary>The item.</summary>
    public required StudySetItem Item { get; init; }

    /// <summary>When it was done; absent until then.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The score of the last graded answer to a question, 0 to 1; absent if there is none.</summary>
    public double? Score { get; init; }
}

/// <summary>What a learner has achieved with a study set.</summary>
public sealed record StudySummaryPage
{
    /// <summary>The number of its questions that have a graded answer.</summary>
    public required int Answered { get; init; }

    /// <summary>The number of them whose last answer scored fully.</summary>
    public required int Correct { get; init; }

    /// <summary>Their mean score, 0 to 1; absent if there is none.</summary>
    public double? Score { get; init; }

    /// <summary>The ids of the questions whose last answer did not score fully, in the order of the set.</summary>
    public required IReadOnlyList<string> ToRepeat { get; init; }
}

/// <summary>The learner's progress through all study sets.</summary>
public sealed record StudyProgressList
{
    /// <summary>The study sets in order.</summary>
    public required IReadOnlyList<StudyProgressPage> Items { get; init; }
}

/// <summary>An item of a study set that the learner marked as done.</summary>
public sealed record ExportedStudyMark
{
    /// <summary>The id of the study set.</summary>
    public required string StudySet { get; init; }

    /// <summary>The kind and the id of the item.</summary>
    public required string Item { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset DoneAt { get; init; }
}

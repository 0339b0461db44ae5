using System.Text.Json.Serialization;

namespace Backprop.Client.Practice;

/// <summary>Reports an error in a question.</summary>
public sealed record QuestionReportRequest
{
    /// <summary>What is wrong, at most 4,000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>A reported error.</summary>
public sealed record QuestionReportPage
{
    /// <summary>Its number in the order of arrival.</summary>
    public required long Number { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question.</summary>
    public required int Version { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Text { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}

/// <summary>A page of reported errors, the oldest first.</summary>
public sealed record QuestionReportList
{
    /// <summary>The reports of this page.</summary>
    public required IReadOnlyList<QuestionReportPage> Items { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }
}

namespace Backprop.Domain.Practice.Notes;

/// <summary>What a learner keeps about a question.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="IsStarred">Whether it is starred.</param>
/// <param name="Text">The learner's note, Markdown; null if there is none.</param>
/// <param name="UpdatedAt">When it was last changed; null if it is not stored.</param>
public sealed record QuestionNote(string QuestionId, bool IsStarred, string? Text, DateTimeOffset? UpdatedAt);

/// <summary>A page of notes.</summary>
/// <param name="Items">The notes by the ids of their questions.</param>
/// <param name="Total">The number of notes on all pages.</param>
/// <param name="Next">The id after which the next page begins, or null.</param>
public sealed record NoteListing(IReadOnlyList<QuestionNote> Items, long Total, string? Next);

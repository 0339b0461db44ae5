using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// A question as filters see it: a narrow row, so that counting many reads little. Its texts are in <see cref="StoredText"/>, its full content in the
/// <see cref="StoredVersion"/> of its version.
/// </summary>
public sealed class StoredQuestion
{
    /// <summary>The index in the order of creation: never reused, so that paging can continue from it.</summary>
    public long Sequence { get; init; }

    /// <summary>Its permanent id, unique.</summary>
    public required string Id { get; init; }

    /// <summary>The current version, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The id of its topic.</summary>
    public string Topic { get; set; } = "";

    /// <summary>Its kind.</summary>
    public QuestionFormat Kind { get; set; }

    /// <summary>Its difficulty.</summary>
    public DifficultyLevel Difficulty { get; set; }

    /// <summary>A name shared with questions that a quiz does not ask together with it; null if there are none.</summary>
    public string? Group { get; set; }

    /// <summary>The number of hints.</summary>
    public int Hints { get; set; }

    /// <summary>Whether it is drawn from a seed.</summary>
    public bool Drawn { get; set; }

    /// <summary>Whether it may be published with its answer.</summary>
    public bool Open { get; set; }

    /// <summary>Its origin.</summary>
    public QuestionOrigin Origin { get; set; }

    /// <summary>When it was retired; null if it is not. Its versions are kept for earlier answers.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>Its texts; null if it is retired.</summary>
    public StoredText? Text { get; set; }

    /// <summary>The companies known to ask it; empty if it is retired.</summary>
    public List<StoredCompany> Companies { get; set; } = [];

    /// <summary>Its versions, if they were loaded or are to be stored.</summary>
    public List<StoredVersion> Versions { get; set; } = [];
}

/// <summary>The texts of a question in lists, which the search covers: nothing that reveals the answer.</summary>
public sealed class StoredText
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; set; }

    /// <summary>The prompt, as drawn with seed 0.</summary>
    public required string Prompt { get; set; }

    /// <summary>Its labels, separated by spaces.</summary>
    public required string Tags { get; set; }

    /// <summary>Its keywords, separated by commas: searched, but not shown.</summary>
    public string Keywords { get; set; } = "";
}

/// <summary>A company known to ask a question.</summary>
public sealed class StoredCompany
{
    /// <summary>Its name; case is ignored.</summary>
    public required string Company { get; init; }

    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }
}

/// <summary>A version of a question, which is never changed or deleted.</summary>
public sealed class StoredVersion
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }

    /// <summary>The version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The question as JSON, its key included.</summary>
    public required byte[] Document { get; init; }

    /// <summary>The draw of seed 0 as JSON; null if it is not drawn.</summary>
    public required byte[]? Shown { get; init; }

    /// <summary>The SHA-256 of both: a version per hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was stored, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A topic.</summary>
public sealed class StoredTopic
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its display name.</summary>
    public required string Name { get; set; }
}

/// <summary>The single row with the revision of the bank.</summary>
public sealed class BankState
{
    /// <summary>The key of the row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Key { get; init; }

    /// <summary>Changes with every change of the bank.</summary>
    public required Guid Revision { get; set; }

    /// <summary>The hash of the content files that were loaded last; null if the bank has changed since.</summary>
    public byte[]? Content { get; set; }
}

/// <summary>A search result: a row of the full-text index.</summary>
public sealed class TextMatch
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Sequence { get; init; }

    /// <summary>Its rank: lower is better (BM25).</summary>
    public double Rank { get; init; }
}

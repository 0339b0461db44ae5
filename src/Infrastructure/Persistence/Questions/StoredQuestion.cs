using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>Where a question comes from.</summary>
public enum QuestionOrigin
{
    /// <summary>A content file: it changes with the file and in no other way.</summary>
    File,

    /// <summary>An import, or a write through the API.</summary>
    Api,
}

/// <summary>
/// A question as filters see it: a narrow row, so that counting many of them reads little. Its texts stand in <see cref="StoredText"/>,
/// the whole in the <see cref="StoredVersion"/> of its version.
/// </summary>
public sealed class StoredQuestion
{
    /// <summary>The place in the order of creation: never used twice, so that paging can go on from it.</summary>
    public long Sequence { get; init; }

    /// <summary>Its id for ever, unique.</summary>
    public required string Id { get; init; }

    /// <summary>Which version is the current one, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The id of its topic.</summary>
    public string Topic { get; set; } = "";

    /// <summary>How it is answered.</summary>
    public QuestionFormat Kind { get; set; }

    /// <summary>How hard it is.</summary>
    public DifficultyLevel Difficulty { get; set; }

    /// <summary>How many hints there are.</summary>
    public int Hints { get; set; }

    /// <summary>Whether it is drawn from a seed.</summary>
    public bool Drawn { get; set; }

    /// <summary>Whether it may be given away with its answer.</summary>
    public bool Open { get; set; }

    /// <summary>Where it comes from.</summary>
    public QuestionOrigin Origin { get; set; }

    /// <summary>Since when it is no longer given out; null for one that is. Its versions stay, for what was answered before.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>What it shows; null of one that is retired.</summary>
    public StoredText? Text { get; set; }

    /// <summary>The companies that are known to ask it; none of one that is retired.</summary>
    public List<StoredCompany> Companies { get; set; } = [];

    /// <summary>Its versions, where they were asked for or are to be stored.</summary>
    public List<StoredVersion> Versions { get; set; } = [];
}

/// <summary>What a question shows in lists, and what the search looks through: nothing that gives the answer away.</summary>
public sealed class StoredText
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; set; }

    /// <summary>What is asked, as seed 0 draws it.</summary>
    public required string Prompt { get; set; }

    /// <summary>Its labels, separated by spaces.</summary>
    public required string Tags { get; set; }
}

/// <summary>A company that is known to ask a question.</summary>
public sealed class StoredCompany
{
    /// <summary>Its name; upper and lower case are one.</summary>
    public required string Company { get; init; }

    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }
}

/// <summary>A version of a question; it never changes, and is never deleted.</summary>
public sealed class StoredVersion
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Question { get; init; }

    /// <summary>Which version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The question as JSON, its key included.</summary>
    public required byte[] Document { get; init; }

    /// <summary>What seed 0 draws of it as JSON; null where it is not drawn.</summary>
    public required byte[]? Shown { get; init; }

    /// <summary>The SHA-256 of both: another hash is another version.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was stored, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A topic.</summary>
public sealed class StoredTopic
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }
}

/// <summary>The one row that tells whether the bank has changed.</summary>
public sealed class BankState
{
    /// <summary>The key of the row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Key { get; init; }

    /// <summary>Another one after every change.</summary>
    public required Guid Revision { get; set; }
}

/// <summary>A question that a search found: a row of the full-text index.</summary>
public sealed class TextMatch
{
    /// <summary>The <see cref="StoredQuestion.Sequence"/> of the question.</summary>
    public long Sequence { get; init; }

    /// <summary>How well it fits: the less, the better (BM25).</summary>
    public double Rank { get; init; }
}

using System.Text;

namespace Backprop.Infrastructure.Persistence;

/// <summary>A graph to register.</summary>
/// <param name="Id">The SHA-256 of the canonical form, in lower-case hexadecimal digits.</param>
/// <param name="Canonical">The canonical form as JSON.</param>
/// <param name="Declarations">Its inputs and outputs as JSON.</param>
/// <param name="Nodes">The number of nodes.</param>
/// <param name="Alias">A readable name, or null.</param>
public sealed record NewGraph(string Id, string Canonical, string Declarations, int Nodes, string? Alias)
{
    /// <summary>The parts of the expression that the graph was written as, as JSON; null if it was not.</summary>
    public string? Sources { get; init => (field, CompressedSources) = (value, value is null ? null : CompressedText.Compress(value)); }

    // Bytes of a row and its index entries, in addition to the texts.
    private const int RowBytes = 256;

    /// <summary>The canonical form as it is stored.</summary>
    internal byte[] Compressed { get; } = CompressedText.Compress(Canonical);

    /// <summary>The parts of the expression as they are stored.</summary>
    internal byte[]? CompressedSources { get; private init; }

    /// <summary>Approximate bytes of the graph in the database.</summary>
    internal long StoredBytes => Compressed.Length + (CompressedSources?.Length ?? 0) + Encoding.UTF8.GetByteCount(Declarations) + RowBytes;
}

/// <summary>The outcome of a registration.</summary>
public enum RegistrationOutcome
{
    /// <summary>The graph is new.</summary>
    Created,

    /// <summary>The graph existed; it has the requested alias in addition to its earlier ones.</summary>
    Existing,

    /// <summary>The alias names another graph; nothing was changed.</summary>
    AliasTaken,
}

/// <summary>The answer to a registration.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Graph">The graph; the one that has the alias if it is taken.</param>
public sealed record Registration(RegistrationOutcome Outcome, RegisteredGraphSummary Graph);

/// <summary>A registered graph without its nodes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Aliases">Its aliases, at most the first hundred, in the order of creation.</param>
/// <param name="Pinned">Whether it was registered with the write key, and is never evicted.</param>
/// <param name="Declarations">Its inputs and outputs as JSON.</param>
/// <param name="Nodes">The number of nodes.</param>
/// <param name="CreatedAt">When it was first registered.</param>
public sealed record RegisteredGraphSummary(string Id, IReadOnlyList<string> Aliases, bool Pinned, string Declarations, int Nodes,
    DateTimeOffset CreatedAt);

/// <summary>A page of the registry.</summary>
/// <param name="Items">Graphs in the order of registration.</param>
/// <param name="NextCursor">Where the next page begins, or null at the end.</param>
public sealed record GraphPage(IReadOnlyList<RegisteredGraphSummary> Items, string? NextCursor);

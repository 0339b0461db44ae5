using System.Text;

namespace Backprop.Infrastructure.Persistence;

/// <summary>A graph to be registered.</summary>
/// <param name="Id">The SHA-256 of the canonical form, in lower-case hexadecimal digits.</param>
/// <param name="Canonical">The canonical form as JSON.</param>
/// <param name="Declarations">Its inputs and outputs as JSON.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Alias">A readable name, or null.</param>
public sealed record NewGraph(string Id, string Canonical, string Declarations, int Nodes, string? Alias)
{
    // A row and its entries in indexes take space beside the texts.
    private const int RowBytes = 256;

    /// <summary>The canonical form as it is stored.</summary>
    internal byte[] Compressed { get; } = CompressedText.Compress(Canonical);

    /// <summary>About the bytes that the graph takes in the database.</summary>
    internal long StoredBytes => Compressed.Length + Encoding.UTF8.GetByteCount(Declarations) + RowBytes;
}

/// <summary>What became of a registration.</summary>
public enum RegistrationOutcome
{
    /// <summary>The graph is new.</summary>
    Created,

    /// <summary>The graph was there; it has the alias that was asked for beside those that it had.</summary>
    Existing,

    /// <summary>The alias names another graph; nothing was changed.</summary>
    AliasTaken,
}

/// <summary>The answer to a registration.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Graph">The graph; the one that has the alias where it is taken.</param>
public sealed record Registration(RegistrationOutcome Outcome, RegisteredGraphSummary Graph);

/// <summary>A registered graph without its nodes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Aliases">Its aliases, the first hundred of them in the order in which they were given.</param>
/// <param name="Pinned">Whether it was registered with the write key, and is never evicted.</param>
/// <param name="Declarations">Its inputs and outputs as JSON.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="CreatedAt">When it was first registered.</param>
public sealed record RegisteredGraphSummary(string Id, IReadOnlyList<string> Aliases, bool Pinned, string Declarations, int Nodes,
    DateTimeOffset CreatedAt);

/// <summary>A part of the registry.</summary>
/// <param name="Items">Graphs in the order of registration.</param>
/// <param name="NextCursor">Where the next part begins, or null at the end.</param>
public sealed record GraphPage(IReadOnlyList<RegisteredGraphSummary> Items, string? NextCursor);

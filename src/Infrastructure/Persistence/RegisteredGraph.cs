using Backprop.Infrastructure.Persistence.Graphs;

namespace Backprop.Infrastructure.Persistence;

/// <summary>
/// A registered graph, named by its id or alias. Mutable data are in <see cref="StoredRegistration"/> and <see cref="StoredAlias"/>, so that this
/// large row is written once.
/// </summary>
public sealed class RegisteredGraph
{
    private string? canonical;

    /// <summary>The index in the order of registration: never reused, so that paging can continue from it.</summary>
    public long Sequence { get; init; }

    /// <summary>The SHA-256 of the canonical form: 64 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The graph as canonical JSON, compressed (<see cref="CompressedText"/>).</summary>
    public required byte[] Compressed { get; init; }

    /// <summary>
    /// The parts of the expression that the graph was first registered as, compressed (<see cref="Domain.Graphs.SourceJson"/>); null if it was not
    /// written as one.
    /// </summary>
    public byte[]? Sources { get; init; }

    /// <summary>Its inputs and outputs as the JSON members <c>inputs</c> and <c>outputs</c>, so that a list need not read whole graphs.</summary>
    public required string Declarations { get; init; }

    /// <summary>The number of nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>When it was first registered, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The graph as canonical JSON.</summary>
    public string Canonical => canonical ??= CompressedText.Decompress(Compressed);
}

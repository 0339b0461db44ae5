namespace Backprop.Infrastructure.Persistence;

/// <summary>A graph that was registered to be named by its id or alias.</summary>
public sealed class RegisteredGraph
{
    /// <summary>The place in the order of registration: never used twice, so that paging can go on from it.</summary>
    public long Sequence { get; init; }

    /// <summary>The SHA-256 of the canonical form: 64 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>A readable name, unique among all graphs, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>The graph as canonical JSON.</summary>
    public required string Canonical { get; init; }

    /// <summary>Its inputs and outputs as the JSON members <c>inputs</c> and <c>outputs</c>, so that a list need not read whole graphs.</summary>
    public required string Declarations { get; init; }

    /// <summary>How many nodes it has.</summary>
    public required int Nodes { get; init; }

    /// <summary>When it was first registered, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

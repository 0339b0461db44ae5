namespace Backprop.Client.Graphs;

/// <summary>What <c>POST /graphs</c> takes: the members of a graph at the root, or one of <c>graph</c>, <c>expression</c> and <c>onnx</c>.</summary>
public sealed record GraphRegistrationRequest
{
    /// <summary>The inputs, where the graph stands at the root.</summary>
    public IReadOnlyList<InputContract>? Inputs { get; init; }

    /// <summary>The constants, where the graph stands at the root. Default: none.</summary>
    public IReadOnlyList<ConstantContract>? Constants { get; init; }

    /// <summary>The nodes, where the graph stands at the root.</summary>
    public IReadOnlyList<NodeContract>? Nodes { get; init; }

    /// <summary>The names of the results, where the graph stands at the root.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>The graph as a member.</summary>
    public GraphContract? Graph { get; init; }

    /// <summary>The graph as text: <c>"z = w*x; L = z^2"</c>.</summary>
    public string? Expression { get; init; }

    /// <summary>The graph as an ONNX ModelProto, base64.</summary>
    public byte[]? Onnx { get; init; }

    /// <summary>
    /// A readable name, valid wherever an id is: 1 to 100 ASCII letters, digits, '.', '_' and '-', the first a letter or digit. It is
    /// added to those that the graph has; 409 where it names another graph, unless the request has the key for writes. Default: none.
    /// </summary>
    public string? Alias { get; init; }
}

/// <summary>A registered graph.</summary>
public sealed record GraphSummary
{
    /// <summary>The SHA-256 of the canonical graph, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>A readable name: the one that was asked for, or the first one, if there is one.</summary>
    public string? Alias { get; init; }

    /// <summary>The readable names in the order in which they were given, at most 100.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether the graph was registered with the key for writes: it is never evicted.</summary>
    public bool Pinned { get; init; }

    /// <summary>The declared inputs.</summary>
    public required IReadOnlyList<InputContract> Inputs { get; init; }

    /// <summary>The names of the results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>How many nodes the graph has.</summary>
    public required int Nodes { get; init; }
}

/// <summary>A page of the registry.</summary>
public sealed record GraphList
{
    /// <summary>The graphs of this page.</summary>
    public required IReadOnlyList<GraphSummary> Items { get; init; }

    /// <summary>What to send as <c>cursor</c> for the next page; absent on the last one.</summary>
    public string? NextCursor { get; init; }
}

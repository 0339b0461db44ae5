namespace Backprop.Client.Graphs;

/// <summary>
/// The request body of <c>POST /graphs</c>: the members of a graph at the root, or one of <c>graph</c>, <c>expression</c> and <c>onnx</c>.
/// </summary>
public sealed record GraphRegistrationRequest
{
    /// <summary>The inputs, if the graph is at the root.</summary>
    public IReadOnlyList<InputContract>? Inputs { get; init; }

    /// <summary>The constants, if the graph is at the root. Default: none.</summary>
    public IReadOnlyList<ConstantContract>? Constants { get; init; }

    /// <summary>The nodes, if the graph is at the root.</summary>
    public IReadOnlyList<NodeContract>? Nodes { get; init; }

    /// <summary>The names of the results, if the graph is at the root.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>The graph as a member.</summary>
    public GraphContract? Graph { get; init; }

    /// <summary>The graph as text: <c>"z = w*x; L = z^2"</c>.</summary>
    public string? Expression { get; init; }

    /// <summary>The graph as an ONNX ModelProto, base64.</summary>
    public byte[]? Onnx { get; init; }

    /// <summary>
    /// A readable name, valid wherever an id is: 1 to 100 ASCII letters, digits, '.', '_' and '-', the first a letter or digit. It is added to the
    /// graph's aliases; 409 if it names another graph, unless the request has the write key. Default: none.
    /// </summary>
    public string? Alias { get; init; }
}

/// <summary>A registered graph.</summary>
public sealed record GraphSummary
{
    /// <summary>The SHA-256 of the canonical graph, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>A readable name: the requested one, otherwise the first one, if any.</summary>
    public string? Alias { get; init; }

    /// <summary>The readable names in the order of registration, at most 100.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether the graph was registered with the write key: it is never evicted.</summary>
    public bool Pinned { get; init; }

    /// <summary>The declared inputs.</summary>
    public required IReadOnlyList<InputContract> Inputs { get; init; }

    /// <summary>The names of the results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The number of nodes.</summary>
    public required int Nodes { get; init; }
}

/// <summary>A page of the registry.</summary>
public sealed record GraphList
{
    /// <summary>The graphs of this page.</summary>
    public required IReadOnlyList<GraphSummary> Items { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; absent on the last one.</summary>
    public string? NextCursor { get; init; }
}

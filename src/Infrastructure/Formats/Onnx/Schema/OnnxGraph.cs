using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Onnx.Schema;

/// <summary>A graph: GraphProto.</summary>
public sealed record OnnxGraph
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its nodes in topological order.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>The values that belong to it.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>Its inputs. In files of format 3 and older the initializers are among them.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; init; } = [];

    /// <summary>Its outputs.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; init; } = [];

    /// <summary>The number of its sparse tensors.</summary>
    public int SparseInitializers { get; init; }
}

/// <summary>An input or output: ValueInfoProto.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type; <see cref="OnnxElementType.Undefined"/> if it states none.</param>
/// <param name="Shape">Its extents, or null if it states none. An extent that is neither a number nor named has the empty symbol.</param>
public sealed record OnnxValue(string Name, OnnxElementType Type = OnnxElementType.Undefined, IReadOnlyList<Dimension>? Shape = null)
{
    /// <summary>The kind of its type if it is not a tensor: <c>sequence</c>, <c>map</c>, <c>optional</c>, <c>sparse tensor</c>.</summary>
    public string? Container { get; init; }
}

/// <summary>A node: NodeProto.</summary>
public sealed record OnnxNode
{
    /// <summary>Its name, which may be empty and need not be unique.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The operator or function.</summary>
    public required string Operator { get; init; }

    /// <summary>Its domain; empty for ONNX itself.</summary>
    public string Domain { get; init; } = string.Empty;

    /// <summary>Which of several functions with one name it calls; empty if there is only one.</summary>
    public string Overload { get; init; } = string.Empty;

    /// <summary>The names of its operands; empty for an omitted one.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The names of its values; empty for an unused one.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Its attributes.</summary>
    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];
}

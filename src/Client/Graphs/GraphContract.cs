using System.Text.Json.Serialization;
using Backprop.Client.Values;

namespace Backprop.Client.Graphs;

/// <summary>A graph: its inputs, its constants, the operations in any order, and the names of the results.</summary>
public sealed record GraphContract
{
    /// <summary>The values that are fed when the graph runs.</summary>
    public required IReadOnlyList<InputContract> Inputs { get; init; }

    /// <summary>Values that belong to the graph. Default: none.</summary>
    public IReadOnlyList<ConstantContract>? Constants { get; init; }

    /// <summary>The operations, in any order; cycles are errors.</summary>
    public required IReadOnlyList<NodeContract> Nodes { get; init; }

    /// <summary>The names of the values that are the graph's results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }
}

/// <summary>An input of a graph.</summary>
public sealed record InputContract
{
    /// <summary>Its name, unique in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type. Default: the one that the submitted value states, otherwise the request's <c>dtype</c>.</summary>
    [JsonPropertyName("dtype")]
    public ElementType? DType { get; init; }

    /// <summary>
    /// Its extents: numbers, or names that the submitted values bind. Default: the shape of the submitted value; a scalar if there is none.
    /// </summary>
    public IReadOnlyList<DimensionContract>? Shape { get; init; }
}

/// <summary>A constant of a graph.</summary>
public sealed record ConstantContract
{
    /// <summary>Its name, unique in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its value; if it states no element type, it has the request's <c>dtype</c>.</summary>
    public required TensorValue Value { get; init; }

    /// <summary>True for a number that is part of a formula rather than a parameter: <c>wrt: ["*"]</c> leaves it out. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Fixed { get; init; }
}

/// <summary>An operation of a graph.</summary>
public sealed record NodeContract
{
    /// <summary>The name of its value. Required unless <c>outputs</c> is given.</summary>
    public string? Name { get; init; }

    /// <summary>The operator: an ONNX name such as <c>MatMul</c>, or another one listed by <c>GET /operators</c>.</summary>
    public required string Op { get; init; }

    /// <summary>The operands: names of inputs, constants or nodes, literal numbers, or "" for an omitted optional operand.</summary>
    public required IReadOnlyList<NodeInput> Inputs { get; init; }

    /// <summary>The attributes by ONNX name: numbers, texts, or lists of either. Default: those of the operator.</summary>
    public IReadOnlyDictionary<string, AttributeContract>? Attributes { get; init; }

    /// <summary>The names of the values of a node that has several; "" for one that is not used. Default: only the <c>name</c>.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }
}

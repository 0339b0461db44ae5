using System.Text.Json.Serialization;
using Backprop.Client.Values;

namespace Backprop.Client.Graphs;

/// <summary>A graph: what is fed, what is constant, the operations in any order, and the names of the results.</summary>
public sealed record GraphContract
{
    /// <summary>What is fed when the graph runs.</summary>
    public required IReadOnlyList<InputContract> Inputs { get; init; }

    /// <summary>Values that belong to the graph. Default: none.</summary>
    public IReadOnlyList<ConstantContract>? Constants { get; init; }

    /// <summary>The operations; their order is free, cycles are refused.</summary>
    public required IReadOnlyList<NodeContract> Nodes { get; init; }

    /// <summary>The names of the values that are the graph's results.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }
}

/// <summary>An input of a graph.</summary>
public sealed record InputContract
{
    /// <summary>Its name, unique in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type. Default: the one that the submitted value states, else the request's <c>dtype</c>.</summary>
    [JsonPropertyName("dtype")]
    public ElementType? DType { get; init; }

    /// <summary>
    /// Its extents: numbers, or names that the submitted values bind. Default: the shape of the submitted value, a scalar where there is none.
    /// </summary>
    public IReadOnlyList<DimensionContract>? Shape { get; init; }
}

/// <summary>A constant of a graph.</summary>
public sealed record ConstantContract
{
    /// <summary>Its name, unique in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its value; where it states no element type it has the request's <c>dtype</c>.</summary>
    public required TensorValue Value { get; init; }

    /// <summary>True for a number that belongs to a formula and is no parameter: <c>wrt: ["*"]</c> leaves it out. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Fixed { get; init; }
}

/// <summary>An operation of a graph.</summary>
public sealed record NodeContract
{
    /// <summary>The name of its value. Needed unless <c>outputs</c> is given.</summary>
    public string? Name { get; init; }

    /// <summary>The operator: an ONNX name such as <c>MatMul</c>, or one of those that <c>GET /operators</c> adds.</summary>
    public required string Op { get; init; }

    /// <summary>The operands: names of inputs, constants or nodes, literal numbers, or "" for an optional operand that is left out.</summary>
    public required IReadOnlyList<NodeInput> Inputs { get; init; }

    /// <summary>The attributes by ONNX name: numbers, texts, or lists of either. Default: those of the operator.</summary>
    public IReadOnlyDictionary<string, AttributeContract>? Attributes { get; init; }

    /// <summary>The names of the values of a node that has several; "" for one that is not wanted. Default: the <c>name</c> alone.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }
}

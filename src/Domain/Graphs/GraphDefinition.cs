using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Graphs;

/// <summary>
/// A graph as it was submitted: names, operators and attributes, before shapes and element types are known. The order of the nodes is free.
/// </summary>
/// <param name="Inputs">What is fed when the graph runs.</param>
/// <param name="Constants">Values that belong to the graph.</param>
/// <param name="Nodes">The operations.</param>
/// <param name="Outputs">The names of the requested values.</param>
public sealed record GraphDefinition(
    IReadOnlyList<InputDefinition> Inputs,
    IReadOnlyList<ConstantDefinition> Constants,
    IReadOnlyList<NodeDefinition> Nodes,
    IReadOnlyList<string> Outputs)
{
    /// <summary>Notes on how the graph was read, for readers of the results: sentences; empty for a graph that was read as written.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The inputs whose submitted values decided the structure of the graph: which branch is taken, how often a loop runs. Other values may give
    /// another graph.
    /// </summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];
}

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">Its element type, or null if the value or the request decides.</param>
/// <param name="Shape">Its extents, or null if the value decides.</param>
public sealed record InputDefinition(string Name, DType? DType = null, IReadOnlyList<Dimension>? Shape = null)
{
    /// <summary>Its first use in the expression, if the graph was written as one.</summary>
    public TextPlace? Place { get; init; }
}

/// <summary>An extent: a number, or a name that the submitted values bind.</summary>
/// <param name="Size">The extent, if it is a number.</param>
/// <param name="Symbol">The name, if it is not a number.</param>
public readonly record struct Dimension(int Size, string? Symbol = null);

/// <summary>A constant of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; without a stated element type it takes the request's.</param>
/// <param name="IsFixed">True for a number that belongs to a formula rather than a parameter: it is differentiated with respect to only if it is
/// named.</param>
public sealed record ConstantDefinition(string Name, Literal Value, bool IsFixed = false);

/// <summary>An operation of a graph.</summary>
/// <param name="Op">The operator's name.</param>
/// <param name="Inputs">Its operands.</param>
/// <param name="Attributes">Its attributes by name.</param>
/// <param name="Outputs">The names of the values that it makes; an unused output has the name "".</param>
public sealed record NodeDefinition(
    string Op,
    IReadOnlyList<Operand> Inputs,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    IReadOnlyList<string> Outputs)
{
    /// <summary>No attributes.</summary>
    public static IReadOnlyDictionary<string, AttributeValue> NoAttributes { get; } = new Dictionary<string, AttributeValue>();

    /// <summary>The name of the node in messages: that of its first named value.</summary>
    public string Name => Outputs is [{ Length: > 0 } first, ..] ? first : Outputs.FirstOrDefault(name => name.Length > 0) ?? Op;

    /// <summary>Where it was written, if its name was generated for a part of an expression.</summary>
    public NodeSource? Source { get; init; }

    /// <summary>The values to which the node refers besides its operands, with the referring attributes.</summary>
    public IEnumerable<(string Attribute, string Value)> References => Op != "Gradient" ? [] : Attributes
        .Where(attribute => attribute.Value.Texts is not null)
        .SelectMany(attribute => attribute.Value.Texts!.Select(name => (attribute.Key, name)));
}

/// <summary>The position in an expression for which a node was made.</summary>
/// <param name="Statement">The name on the left-hand side of the statement.</param>
/// <param name="Function">The function whose definition contains the node, or null if the user wrote it.</param>
/// <param name="Place">The part of the expression that the node computes.</param>
public sealed record NodeSource(string Statement, string? Function, TextPlace Place);

/// <summary>The form of an operand: a name, a number, or nothing.</summary>
/// <param name="Name">The name of the value, or null if the operand is a number.</param>
/// <param name="Number">The number (rank 0), or null.</param>
public readonly record struct Operand(string? Name, Literal? Number)
{
    /// <summary>An omitted operand.</summary>
    public static Operand Omitted { get; } = new(string.Empty, null);

    /// <summary>True if the operand is omitted.</summary>
    public bool IsOmitted => Number is null && string.IsNullOrEmpty(Name);

    /// <summary>The operand of this name.</summary>
    public static implicit operator Operand(string name) => new(name, null);

    /// <summary>A number as an operand.</summary>
    public static implicit operator Operand(Literal number) => new(null, number);
}

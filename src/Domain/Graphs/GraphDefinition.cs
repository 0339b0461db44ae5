using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Graphs;

/// <summary>
/// A graph as it was submitted: names, operators and attributes, before shapes and element types are known.
/// The order of the nodes is free.
/// </summary>
/// <param name="Inputs">What is fed when the graph runs.</param>
/// <param name="Constants">Values that belong to the graph.</param>
/// <param name="Nodes">The operations.</param>
/// <param name="Outputs">The names of the values that are asked for.</param>
public sealed record GraphDefinition(
    IReadOnlyList<InputDefinition> Inputs,
    IReadOnlyList<ConstantDefinition> Constants,
    IReadOnlyList<NodeDefinition> Nodes,
    IReadOnlyList<string> Outputs)
{
    /// <summary>What a reader of the results should know of how the graph was read: sentences, empty for a graph that was written as it is.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The inputs whose submitted values decided what the graph is: which branch is taken, how often a loop runs. Other values may make another
    /// graph.
    /// </summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];
}

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">Its element type, or null where the value or the request tells.</param>
/// <param name="Shape">Its extents, or null where the value tells.</param>
public sealed record InputDefinition(string Name, DType? DType = null, IReadOnlyList<Dimension>? Shape = null);

/// <summary>An extent: a number, or a name that the submitted values bind.</summary>
/// <param name="Size">The extent where it is a number.</param>
/// <param name="Symbol">The name where it is none.</param>
public readonly record struct Dimension(int Size, string? Symbol = null);

/// <summary>A constant of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; where it states no element type it takes the request's.</param>
/// <param name="IsFixed">True for a number that belongs to a formula, not a parameter: it is differentiated by only where it is named.</param>
public sealed record ConstantDefinition(string Name, Literal Value, bool IsFixed = false);

/// <summary>An operation of a graph.</summary>
/// <param name="Op">The operator's name.</param>
/// <param name="Inputs">Its operands.</param>
/// <param name="Attributes">Its attributes by name.</param>
/// <param name="Outputs">The names of the values that it makes; an output that is not wanted has the name "".</param>
public sealed record NodeDefinition(
    string Op,
    IReadOnlyList<Operand> Inputs,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    IReadOnlyList<string> Outputs)
{
    /// <summary>No attributes.</summary>
    public static IReadOnlyDictionary<string, AttributeValue> NoAttributes { get; } = new Dictionary<string, AttributeValue>();

    /// <summary>The name by which messages call the node: that of its first value that has one.</summary>
    public string Name => Outputs.FirstOrDefault(name => name.Length > 0) ?? Op;

    /// <summary>Where it was written, if its name was made up for a part of an expression.</summary>
    public NodeSource? Source { get; init; }

    /// <summary>The values to which the node refers beside its operands, with the attributes in which it does so.</summary>
    public IEnumerable<(string Attribute, string Value)> References => Op != "Gradient" ? [] : Attributes
        .Where(attribute => attribute.Value.Texts is not null)
        .SelectMany(attribute => attribute.Value.Texts!.Select(name => (attribute.Key, name)));
}

/// <summary>The place in an expression for which a node was made.</summary>
/// <param name="Statement">The name that the statement gives.</param>
/// <param name="Function">The function in whose definition the node is, or null where the user wrote it.</param>
public sealed record NodeSource(string Statement, string? Function);

/// <summary>What stands in the place of an operand: a name, a number, or nothing.</summary>
/// <param name="Name">The name of the value, or null where the operand is a number.</param>
/// <param name="Number">The number (rank 0), or null.</param>
public readonly record struct Operand(string? Name, Literal? Number)
{
    /// <summary>An operand left out.</summary>
    public static Operand Omitted { get; } = new(string.Empty, null);

    /// <summary>True where the operand is left out.</summary>
    public bool IsOmitted => Number is null && string.IsNullOrEmpty(Name);

    /// <summary>The operand of this name.</summary>
    public static implicit operator Operand(string name) => new(name, null);

    /// <summary>A number as an operand.</summary>
    public static implicit operator Operand(Literal number) => new(null, number);
}

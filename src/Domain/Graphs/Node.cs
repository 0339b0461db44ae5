using Backprop.Domain.Operators;

namespace Backprop.Domain.Graphs;

/// <summary>
/// One value of a typed graph and the primitive operation that makes it. Immutable: transformations make new nodes that refer to old ones. A node's
/// operands have smaller <see cref="Id"/>s, so ascending ids are a topological order.
/// </summary>
public sealed class Node
{
    internal Node(int id, Primitive op, Node[] inputs, IReadOnlyDictionary<string, AttributeValue> attributes, TensorType type)
    {
        Id = id;
        Op = op;
        Inputs = inputs;
        Attributes = attributes;
        Type = type;
    }

    /// <summary>The index in the order of creation.</summary>
    public int Id { get; }

    /// <summary>The operation.</summary>
    public Primitive Op { get; }

    /// <summary>The operands; in primitives, omitted optional ones do not occur.</summary>
    public Node[] Inputs { get; }

    /// <summary>The attributes in normal form: all present, axes not negative.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; }

    /// <summary>Element type and shape.</summary>
    public TensorType Type { get; }

    /// <summary>The value of a constant, null for all other nodes.</summary>
    public Tensor? Value { get; internal init; }

    /// <summary>The name of an input or constant of the graph.</summary>
    public string? Name { get; internal init; }

    /// <summary>The node of the submitted graph for which this one was made, for messages.</summary>
    public Origin Origin { get; internal init; }

    /// <summary>Element type.</summary>
    public DType DType => Type.DType;

    /// <summary>Extents.</summary>
    public Shape Shape => Type.Shape;

    /// <summary>An integer attribute.</summary>
    public int Integer(string name) => checked((int)Attributes[name].Numbers!.Value.Values<long>()[0]);

    /// <summary>A list of integers.</summary>
    public int[] Integers(string name) => Array.ConvertAll(Attributes[name].Numbers!.Value.ToIntegers(), x => checked((int)x));

    /// <summary>A Boolean attribute, written 1 or 0.</summary>
    public bool Flag(string name) => Integer(name) != 0;

    /// <summary>A text attribute.</summary>
    public string Text(string name) => Attributes[name].Texts![0];

    /// <inheritdoc/>
    public override string ToString() => $"%{Id} = {Op.Name}({string.Join(", ", Inputs.Select(i => $"%{i.Id}"))}) : {Type}";
}

/// <summary>Where a node of a typed graph comes from.</summary>
/// <param name="Node">The name of the submitted node (or input) that it computes or differentiates.</param>
/// <param name="Index">The index of that node in the submitted list, or −1.</param>
/// <param name="Pass">Whether it computes the value, a cotangent or a tangent.</param>
/// <param name="Source">Where the node was written, if its name was generated.</param>
public readonly record struct Origin(string? Node, int Index = -1, Pass Pass = Pass.Forward, NodeSource? Source = null)
{
    /// <summary>The name by which the graph's author knows the node.</summary>
    public string? Shown => Source?.Statement ?? Node;
}

/// <summary>The direction in which something is computed.</summary>
public enum Pass
{
    /// <summary>Values, or tangents along with them.</summary>
    Forward,

    /// <summary>Cotangents, from the output back to the inputs.</summary>
    Backward,
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Two nodes with equal keys compute the same value.</summary>
internal readonly struct NodeKey : IEquatable<NodeKey>
{
    private readonly Node node;
    private readonly int hash;

    public NodeKey(Node node)
    {
        this.node = node;
        var code = new HashCode();
        code.Add(node.Op);
        code.Add(node.Shape);
        foreach (Node input in node.Inputs)
        {
            code.Add(input.Id);
        }

        // Slices of one value differ only in their attributes.
        code.Add(AttributeValues.HashOf(node.Attributes));
        if (node.Value is { Count: 1 } value)
        {
            code.Add(value[0]);
        }
        else if (node.IsLeaf())
        {
            code.Add(node.Id);
        }

        hash = code.ToHashCode();
    }

    public bool Equals(NodeKey other)
    {
        (Node a, Node b) = (node, other.node);
        return ReferenceEquals(a, b)
            || (a.Op == b.Op && a.Type == b.Type && a.Inputs.AsSpan().SequenceEqual(b.Inputs) && SameAttributes(a, b) && SameLeaf(a, b));
    }

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode() => hash;

    private static bool SameAttributes(Node a, Node b) =>
        ReferenceEquals(a.Attributes, b.Attributes) || AttributeValues.Same(a.Attributes, b.Attributes);

    // A named constant may be requested by its name, so it stays a separate node.
    private static bool SameLeaf(Node a, Node b) => !a.IsLeaf()
        || (a.Value is { Count: 1 } x && b.Value is { Count: 1 } y && a.Name == b.Name && x.Bytes().SequenceEqual(y.Bytes()));
}

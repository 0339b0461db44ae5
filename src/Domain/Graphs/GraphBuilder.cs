using Backprop.Domain.Operators;

namespace Backprop.Domain.Graphs;

/// <summary>Makes nodes. Operations are extension methods, one family a file, which infer the type of what they make.</summary>
public sealed class GraphBuilder
{
    private const int MaxRank = 256;
    private readonly Dictionary<(DType DType, long Bits), Node> scalars = [];
    private int next;

    /// <summary>A builder whose nodes may have up to <paramref name="maxElements"/> elements each.</summary>
    public GraphBuilder(long maxElements = 1L << 28) => MaxElements = maxElements;

    /// <summary>A builder that goes on where a graph ends.</summary>
    public static GraphBuilder After(Graph graph, long maxElements = 1L << 28)
    {
        int last = graph.Nodes.Count == 0 ? -1 : graph.Nodes[^1].Id;
        foreach (Node input in graph.Inputs)
        {
            last = Math.Max(last, input.Id);
        }

        return new GraphBuilder(maxElements) { next = last + 1 };
    }

    /// <summary>The largest value that may be made, in elements: checked before anything is allocated.</summary>
    public long MaxElements { get; }

    /// <summary>The elements of all constants made so far.</summary>
    public long ConstantElements { get; private set; }

    /// <summary>To what the nodes are attributed that are made now.</summary>
    public Origin Origin { get; set; }

    /// <summary>The number of nodes made so far, those before the start included.</summary>
    public int Count => next;

    /// <summary>An input of the graph.</summary>
    public Node Input(string name, TensorType type)
    {
        Require(type.Shape);
        return new Node(next++, Structure.Input, [], NodeDefinition.NoAttributes, type) { Name = name, Origin = new Origin(name) };
    }

    /// <summary>A constant.</summary>
    public Node Constant(Tensor value, string? name = null)
    {
        Reserve(value.Shape);
        return new Node(next++, Structure.Constant, [], NodeDefinition.NoAttributes, value.Type)
        {
            Value = value,
            Name = name,
            Origin = name is null ? Origin : new Origin(name),
        };
    }

    /// <summary>A number of rank 0; equal numbers are one node.</summary>
    public Node Scalar(double value, DType dtype)
    {
        (DType, long) key = (dtype, BitConverter.DoubleToInt64Bits(value));
        if (!scalars.TryGetValue(key, out Node? node))
        {
            scalars[key] = node = Constant(Tensor.Filled(new TensorType(dtype, Shape.Scalar), value));
        }

        return node;
    }

    /// <summary>A value of which each element is <paramref name="value"/>.</summary>
    public Node Full(TensorType type, double value) => this.Expand(Scalar(value, type.DType), type.Shape);

    /// <summary>The whole numbers 0 … <paramref name="count"/>−1.</summary>
    public Node Iota(int count)
    {
        RequireConstants(count);
        var values = new long[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i;
        }

        return Constant(Tensor.Vector(values));
    }

    /// <summary>A constant of which each element is computed from its position, in row-major order.</summary>
    public Node Tabulated(TensorType type, Func<int, double> value)
    {
        Require(type.Shape);
        RequireConstants(type.Count);
        var values = new double[type.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(i);
        }

        return Constant(Tensor.Of(values, type.Shape).Converted(type.DType));
    }

    /// <summary>A node of a type that the caller has inferred.</summary>
    /// <exception cref="InvalidOperandException">The value has more elements or axes than is allowed.</exception>
    public Node Make(Primitive op, TensorType type, Node[] inputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null)
    {
        Require(type.Shape);
        return new Node(next++, op, inputs, attributes ?? NodeDefinition.NoAttributes, type) { Origin = Origin };
    }

    /// <summary>The sum of what <paramref name="term"/> makes of each tangent that is not zero, or null where none is left; of the node's shape.</summary>
    internal Node? SumOf(Node node, Node?[] tangents, Func<int, Node, Node?> term)
    {
        Node? sum = null;
        for (int i = 0; i < tangents.Length; i++)
        {
            if (tangents[i] is { } tangent && term(i, tangent) is { } made)
            {
                sum = sum is null ? made : this.Add(sum, made);
            }
        }

        return sum is null ? null : this.Expand(sum, node.Shape);
    }

    // Constants are there before any plan is: all of them together must keep within the limit, not each alone.
    private void Reserve(Shape shape)
    {
        Require(shape);
        RequireConstants(shape.Count);
        ConstantElements += shape.Count;
    }

    private void RequireConstants(long more)
    {
        if (more > MaxElements - ConstantElements)
        {
            throw new InvalidOperandException($"constants of {ConstantElements + more} elements together are more than Limits:MaxElements = {MaxElements}");
        }
    }

    private void Require(Shape shape)
    {
        if (shape.Rank > MaxRank)
        {
            throw new InvalidOperandException($"a value of rank {shape.Rank} has more axes than the limit of {MaxRank}");
        }

        if (shape.Count > MaxElements)
        {
            throw new InvalidOperandException($"a value of shape {shape} has {Elements(shape)} elements, more than Limits:MaxElements = {MaxElements}");
        }
    }

    private static string Elements(Shape shape) => shape.Count == long.MaxValue ? "more than 9.2e18" : shape.Count.ToString();
}

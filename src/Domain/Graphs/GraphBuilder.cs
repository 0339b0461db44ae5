using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;
using Backprop.Domain.Sampling;

namespace Backprop.Domain.Graphs;

/// <summary>
/// Makes nodes. Operations are extension methods, one family per file, which infer the type of their result. Anything that makes many nodes ends when
/// <see cref="Cancellation"/> is cancelled or their size exceeds the limit, because both are checked for each node.
/// </summary>
public sealed class GraphBuilder
{
    private const int MaxRank = 256;

    // A second-order derivative with respect to one input has about this many nodes for each node of the graph.
    private const int MadePerNode = 4;
    private const int CheckMask = (1 << 12) - 1;
    private readonly Dictionary<(DType DType, long Bits), Node> scalars = [];
    private readonly Dictionary<Node, Node> madeOnce = [];
    private readonly List<RandomDraw> draws = [];
    private readonly long maxNodes;
    private readonly long most;
    private long size;
    private int next;

    /// <summary>A builder whose nodes may have up to <paramref name="maxElements"/> elements each.</summary>
    /// <param name="maxElements">The most elements of a value.</param>
    /// <param name="maxNodes">The most nodes of a submitted graph; four times as many can be made, counted by <see cref="GraphSize"/>.</param>
    /// <param name="cancellationToken">Ends everything that makes nodes.</param>
    public GraphBuilder(long maxElements = 1L << 28, long maxNodes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        MaxElements = maxElements;
        this.maxNodes = maxNodes;
        most = Math.Min(maxNodes, long.MaxValue / MadePerNode) * MadePerNode;
        Cancellation = cancellationToken;
    }

    /// <summary>A builder that continues after a graph.</summary>
    public static GraphBuilder After(Graph graph, long maxElements = 1L << 28, long maxNodes = long.MaxValue,
        CancellationToken cancellationToken = default)
    {
        int last = graph.Nodes.Count == 0 ? -1 : graph.Nodes[^1].Id;
        foreach (Node input in graph.Inputs)
        {
            last = Math.Max(last, input.Id);
        }

        return new GraphBuilder(maxElements, maxNodes, cancellationToken) { next = last + 1 };
    }

    /// <summary>Ends everything that makes nodes, including long loops over operands and elements for a single node.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The largest value that may be made, in elements: checked before anything is allocated.</summary>
    public long MaxElements { get; }

    /// <summary>The elements of all constants made until now.</summary>
    public long ConstantElements { get; private set; }

    /// <summary>The origin of the nodes that are made next.</summary>
    public Origin Origin { get; set; }

    /// <summary>When random values are drawn.</summary>
    public RandomMode Random { get; init; }

    /// <summary>The random values that are drawn for every run.</summary>
    public IReadOnlyList<RandomDraw> Draws => draws;

    /// <summary>The number of nodes, including those before the start.</summary>
    public int Count => next;

    /// <summary>An input of the graph.</summary>
    public Node Input(string name, TensorType type)
    {
        Require(type.Shape);
        return new Node(NextId(0), Structure.Input, [], NodeDefinition.NoAttributes, type) { Name = name, Origin = new Origin(name) };
    }

    /// <summary>An input that receives random values, drawn for every run.</summary>
    internal Node DrawnPerRun(TensorType type, string name, Func<SeededGenerator, double> draw)
    {
        Node input = Input(name, type);
        draws.Add(new RandomDraw(input, name, draw));
        return input;
    }

    /// <summary>A constant.</summary>
    public Node Constant(Tensor value, string? name = null)
    {
        Reserve(value.Shape);
        return new Node(NextId(0), Structure.Constant, [], NodeDefinition.NoAttributes, value.Type)
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

    /// <summary>The result of a rule for a node, made on first use.</summary>
    internal Node Once(Node node, Func<Node> make) => madeOnce.TryGetValue(node, out Node? made) ? made : madeOnce[node] = make();

    /// <summary>A value whose elements all are <paramref name="value"/>.</summary>
    public Node Full(TensorType type, double value) => this.Expand(Scalar(value, type.DType), type.Shape);

    /// <summary>The integers 0 … <paramref name="count"/>−1.</summary>
    public Node Iota(int count)
    {
        RequireConstants(count);
        return Constant(Tensor.Vector(Computed<long>(count, static i => i)));
    }

    /// <summary>A constant whose elements are computed from their positions, in row-major order.</summary>
    public Node Tabulated(TensorType type, Func<int, double> value)
    {
        Require(type.Shape);
        RequireConstants(type.Count);
        double[] values = Computed(type.Count, value);
        return Constant(Tensor.Of(values, type.Shape).Converted(type.DType, Cancellation));
    }

    /// <summary>
    /// An array of <paramref name="count"/> elements, each computed from its position. It is not cleared first because clearing gigabytes could not
    /// be cancelled.
    /// </summary>
    internal T[] Computed<T>(long count, Func<int, T> value)
    {
        Cancellation.ThrowIfCancellationRequested();
        T[] values = GC.AllocateUninitializedArray<T>(checked((int)count));
        for (int i = 0; i < values.Length; i++)
        {
            if ((i & CheckMask) == 0)
            {
                Cancellation.ThrowIfCancellationRequested();
            }

            values[i] = value(i);
        }

        return values;
    }

    /// <summary>A node of a type that the caller has inferred.</summary>
    /// <exception cref="InvalidOperandException">The value has more elements or axes than is allowed.</exception>
    public Node Make(Primitive op, TensorType type, Node[] inputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null)
    {
        Require(type.Shape);
        return new Node(NextId(inputs.Length), op, inputs, attributes ?? NodeDefinition.NoAttributes, type) { Origin = Origin };
    }

    /// <summary>The sum of the results of <paramref name="term"/> for all nonzero tangents, in the node's shape; null if there are none.</summary>
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

    private int NextId(int operands)
    {
        Cancellation.ThrowIfCancellationRequested();
        size += GraphSize.Of(operands);
        return size <= most
            ? next++
            : throw new LimitException("Limits:MaxNodes", maxNodes,
                $"an answer whose graph has more than {most} nodes, {MadePerNode} for each that a submitted one may have");
    }

    // Constants exist before any plan, so all of them together must stay within the limit, not just each one.
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
            throw new InvalidOperandException($"constants of {ConstantElements + more} elements together are more than Limits:MaxElements = " +
                $"{MaxElements}");
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
            throw new InvalidOperandException(
                $"a value of shape {shape} has {Elements(shape)} elements, more than Limits:MaxElements = {MaxElements}");
        }
    }

    private static string Elements(Shape shape) => shape.Count == long.MaxValue ? "more than 9.2e18" : shape.Count.ToString();
}

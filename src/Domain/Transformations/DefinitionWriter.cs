using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Writes a typed graph as a definition. Named values keep their names; the others get names that do not clash.</summary>
/// <param name="graph">The graph.</param>
/// <param name="named">Values with names.</param>
public sealed class DefinitionWriter(Graph graph, IReadOnlyDictionary<string, Node> named)
{
    private readonly Dictionary<Node, string> names = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<ConstantDefinition> constants = [];
    private readonly HashSet<Node> declared = [];
    private readonly List<NodeDefinition> nodes = [];
    private int next;

    /// <summary>The definition. Its inputs state their shapes and types because the graph holds only for these.</summary>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public GraphDefinition Write(CancellationToken cancellationToken = default)
    {
        Reserve(cancellationToken);
        foreach (Node node in graph.Nodes.Where(node => !node.IsLeaf()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Add(Definition(node));
        }

        foreach (NamedNode output in graph.Outputs.Where(output => names.GetValueOrDefault(output.Node) != output.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Add(new NodeDefinition("Identity", [NameOf(output.Node)], NodeDefinition.NoAttributes, [output.Name]));
        }

        return new GraphDefinition([.. graph.Inputs.Select(Declaration)], constants, nodes, [.. graph.Outputs.Select(output => output.Name)]);
    }

    private static InputDefinition Declaration(Node input) =>
        new(input.Name!, input.DType, [.. input.Shape.Dims.ToArray().Select(dim => new Dimension(dim))]);

    // Inputs first, then the results, then everything that had a name before: each name goes to one value, each value gets one name.
    private void Reserve(CancellationToken cancellationToken)
    {
        foreach (Node input in graph.Inputs)
        {
            names[input] = input.Name!;
            taken.Add(input.Name!);
        }

        foreach (NamedNode output in graph.Outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (taken.Add(output.Name) && !output.Node.IsLeaf())
            {
                names.TryAdd(output.Node, output.Name);
            }
        }

        foreach ((string name, Node node) in named)
        {
            if (!names.ContainsKey(node) && taken.Add(name))
            {
                names[node] = name;
            }
        }
    }

    private string NameOf(Node node)
    {
        if (names.TryGetValue(node, out string? name))
        {
            Declare(node, name);
            return name;
        }

        do
        {
            name = $"{(node.Op == Structure.Constant ? "c" : "t")}{++next}";
        }
        while (!taken.Add(name));
        names[node] = name;
        Declare(node, name);
        return name;
    }

    private void Declare(Node node, string name)
    {
        if (node.Op == Structure.Constant && declared.Add(node))
        {
            constants.Add(new ConstantDefinition(name, new Literal(node.Value!, node.DType)));
        }
    }

    private NodeDefinition Definition(Node node)
    {
        Operand[] inputs = Array.ConvertAll(node.Inputs, input => Operand(node, input));
        (IReadOnlyDictionary<string, AttributeValue> attributes, inputs) = node.Op.Name switch
        {
            "Reshape" => (With("shape", node, ("allowzero", 1L)), inputs),
            "Expand" => (With("shape", node), inputs),
            "Cast" => (new Dictionary<string, AttributeValue> { ["to"] = OnnxType(node.DType) }, inputs),
            "Slice" => (SliceAttributes(node), inputs),
            "Pad" => (node.Attributes, [inputs[0], Graphs.Operand.Omitted, inputs[1]]),
            "GatherElements" => (new Dictionary<string, AttributeValue> { ["axis"] = (long)node.Integer("axis") }, inputs),
            "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceLogSumExp" or "ReduceL2" =>
                (new Dictionary<string, AttributeValue>(node.Attributes) { ["noop_with_empty_axes"] = 1L }, inputs),
            _ => (node.Attributes, inputs),
        };
        return new NodeDefinition(node.Op.Name, inputs, attributes, [NameOf(node)]);
    }

    // A number whose type follows from a neighbouring operand can be written inline.
    private Operand Operand(Node user, Node input)
    {
        bool plain = input.Value is { Shape.Rank: 0 } value && input.Name is null && double.IsFinite(value[0]) && input.DType.IsFloat();
        return plain && user.Inputs.Any(other => other.Op != Structure.Constant && other.DType == input.DType)
            ? new Literal(Tensor.Scalar(input.Value![0]))
            : NameOf(input);
    }

    private static Dictionary<string, AttributeValue> With(string name, Node node, params (string Name, long Value)[] more)
    {
        var attributes = new Dictionary<string, AttributeValue> { [name] = node.Shape.Dims.ToArray() };
        foreach ((string other, long value) in more)
        {
            attributes[other] = value;
        }

        return attributes;
    }

    private static Dictionary<string, AttributeValue> SliceAttributes(Node node)
    {
        (int[] starts, int[] steps) = (node.Integers("starts"), node.Integers("steps"));
        long[] ends = [.. starts.Select((start, axis) => End(start, steps[axis], axis))];
        return new Dictionary<string, AttributeValue> { ["starts"] = starts, ["ends"] = ends, ["steps"] = steps };

        // A slice that goes down past the first element needs an end that does not count from the back.
        long End(long start, long step, int axis)
        {
            long end = start + (node.Shape[axis] * step);
            return end >= 0 ? end : -node.Inputs[0].Shape[axis] - 1L;
        }
    }

    private static long OnnxType(DType dtype) => dtype switch
    {
        DType.Float32 => 1,
        DType.Int64 => 7,
        DType.Bool => 9,
        _ => 11,
    };
}

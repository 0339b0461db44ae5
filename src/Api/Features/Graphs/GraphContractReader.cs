using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Graphs;

/// <summary>Maps contract records to values of the domain.</summary>
internal static class GraphContractReader
{
    /// <summary>The graph of a contract.</summary>
    /// <exception cref="GraphException">An extent is out of range, or a node has both a name and outputs, or has neither.</exception>
    public static GraphDefinition Definition(GraphContract graph) => new(
        [.. graph.Inputs.Select(Input)],
        [.. (graph.Constants ?? [])
            .Select((constant, i) => new ConstantDefinition(constant.Name, Literal(constant.Value, $"graph.constants[{i}].value"), constant.Fixed))],
        [.. graph.Nodes.Select(Node)],
        graph.Outputs);

    /// <summary>A value whose element type may still be undetermined.</summary>
    /// <exception cref="GraphException">An extent is out of range.</exception>
    public static Literal Literal(TensorValue value, string path)
    {
        var dims = new int[value.Shape.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            dims[i] = Extent(value.Shape[i], path);
        }

        return new Literal(Tensor.Of(value.Data, Shape.Of(dims)), value.DType is { } dtype ? DType(dtype) : null);
    }

    /// <summary>Values by name.</summary>
    public static Dictionary<string, Literal> Literals(IReadOnlyDictionary<string, TensorValue>? values, string path)
    {
        var literals = new Dictionary<string, Literal>(StringComparer.Ordinal);
        foreach ((string name, TensorValue value) in values ?? new Dictionary<string, TensorValue>())
        {
            literals[name] = Literal(value, $"{path}.{name}");
        }

        return literals;
    }

    /// <summary>An element type.</summary>
    public static DType DType(ElementType dtype) => dtype switch
    {
        ElementType.Float32 => Domain.Graphs.DType.Float32,
        ElementType.Int64 => Domain.Graphs.DType.Int64,
        ElementType.Bool => Domain.Graphs.DType.Bool,
        _ => Domain.Graphs.DType.Float64,
    };

    private static InputDefinition Input(InputContract input, int index)
    {
        Dimension[]? shape = input.Shape is null ? null
            : [.. input.Shape.Select((dimension, axis) => Dimension(dimension, $"graph.inputs[{index}].shape[{axis}]"))];
        return new InputDefinition(input.Name, input.DType is { } dtype ? DType(dtype) : null, shape);
    }

    private static Dimension Dimension(DimensionContract dimension, string path) =>
        dimension.Symbol is { } symbol ? new Dimension(0, symbol) : new Dimension(Extent(dimension.Size, path));

    private static int Extent(long extent, string path) => extent is >= 0 and <= int.MaxValue
        ? (int)extent
        : throw new GraphException(path, $"an extent must lie between 0 and {int.MaxValue}; got {extent}");

    private static NodeDefinition Node(NodeContract node, int index)
    {
        if (node.Name is null == node.Outputs is null)
        {
            throw new GraphException($"graph.nodes[{index}]", "a node must have either a name or, if it computes several values, outputs", node.Name);
        }

        return new NodeDefinition(
            node.Op,
            [.. node.Inputs.Select(Operand)],
            node.Attributes is null ? NodeDefinition.NoAttributes : node.Attributes.ToDictionary(pair => pair.Key, pair => Attribute(pair.Value)),
            node.Outputs ?? [node.Name!]);
    }

    private static Operand Operand(NodeInput input) => input.Number is { } number ? Number(number) : new Operand(input.Name, null);

    private static Literal Number(LiteralNumber number) =>
        number.Integer is { } integer ? Domain.Graphs.Literal.Of(integer) : Domain.Graphs.Literal.Of(number.Value);

    private static AttributeValue Attribute(AttributeContract attribute)
    {
        if (attribute.Numbers is not { } numbers)
        {
            return new AttributeValue(null, attribute.Texts, attribute.IsList);
        }

        Tensor values = numbers.All(number => number.Integer is not null)
            ? Tensor.Vector([.. numbers.Select(number => number.Integer!.Value)])
            : Tensor.Vector([.. numbers.Select(number => number.Value)]);
        return new AttributeValue(new Literal(attribute.IsList ? values : values.Reshaped(Shape.Scalar)), null, attribute.IsList);
    }
}

using Backprop.Compute.Devices;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Experiments;

/// <summary>A graph that an experiment builds, with the values of its inputs.</summary>
internal sealed class GraphSketch
{
    private readonly List<InputDefinition> inputs = [];
    private readonly List<NodeDefinition> nodes = [];
    private readonly Dictionary<string, Literal> values = new(StringComparer.Ordinal);

    /// <summary>The nodes in the order in which they were added.</summary>
    public int Count => nodes.Count;

    /// <summary>Adds an input with its value. Changes of the value's elements take effect in the next run.</summary>
    public string Input(string name, Tensor value)
    {
        inputs.Add(new InputDefinition(name, value.DType, [.. value.Shape.Dims.ToArray().Select(extent => new Dimension(extent))]));
        values[name] = new Literal(value, value.DType);
        return name;
    }

    /// <summary>Adds a node.</summary>
    public string Add(string op, params Operand[] operands) => Named($"{op.ToLowerInvariant()}{nodes.Count}", op, operands);

    /// <summary>Adds a node with a name.</summary>
    public string Named(string name, string op, params Operand[] operands) => With(name, op, operands, NodeDefinition.NoAttributes);

    /// <summary>Adds a node with attributes.</summary>
    public string With(string name, string op, Operand[] operands, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        nodes.Add(new NodeDefinition(op, operands, attributes, [name]));
        return name;
    }

    /// <summary>A number as an operand.</summary>
    public static Operand Constant(double value) => Literal.Of(value);

    /// <summary>The mean of the squares of all elements.</summary>
    public string MeanSquare(string value) =>
        With("loss", "ReduceMean", [Add("Mul", value, value)], new Dictionary<string, AttributeValue> { ["keepdims"] = 0L });

    /// <summary>The sum of all elements.</summary>
    public string Sum(string name, string value) =>
        With(name, "ReduceSum", [value], new Dictionary<string, AttributeValue> { ["keepdims"] = 0L });

    /// <summary>The graph with its values. It runs on the host, so that the same request gives the same bits.</summary>
    public ComputationRequest Request(params string[] outputs)
    {
        var form = CanonicalForm.Of(new GraphDefinition(inputs, [], nodes, outputs));
        return new ComputationRequest(form.Definition, form.Id, values, DType.Float64, [], DeviceKind.Host);
    }
}

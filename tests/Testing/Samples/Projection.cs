using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Testing.Running;

namespace Backprop.Testing.Samples;

/// <summary>A sample followed by one scalar <c>f</c>: the sum of all float results, each element with a weight of its own.</summary>
internal sealed class Projection
{
    public const string Scalar = "f";

    public Projection(Sample sample, DType dtype = DType.Float64)
    {
        Sample = sample;
        BoundGraph bound = Engine.Bind(sample.Definition, sample.Inputs, dtype);
        Results = bound.Graph.Outputs;
        NamedNode[] floats = [.. Results.Where(result => result.Node.DType.IsFloat())];
        HasFloats = floats.Length > 0;
        GraphDefinition graph = sample.Definition;
        Definition = !HasFloats ? graph : graph with
        {
            Constants = [.. graph.Constants, .. floats.Select(result => new ConstantDefinition(result.Name + " weights", Weights(result.Node.Shape)))],
            Nodes =
            [
                .. graph.Nodes,
                .. floats.SelectMany(result => Weighted(result.Name, dtype)),
                new NodeDefinition("Sum", [.. floats.Select(result => (Operand)(result.Name + " sum"))], NodeDefinition.NoAttributes, [Scalar]),
            ],
            Outputs = [Scalar],
        };
    }

    public Sample Sample { get; }

    public IReadOnlyList<NamedNode> Results { get; }

    public bool HasFloats { get; }

    public GraphDefinition Definition { get; }

    public IReadOnlyDictionary<string, Literal> Inputs => Sample.Inputs;

    public string[] FloatInputs => [.. Inputs.Where(input => input.Value.Value.DType.IsFloat()).Select(input => input.Key)];

    /// <summary>True if there is something to differentiate, and something to differentiate with respect to.</summary>
    public bool IsDifferentiable => HasFloats && FloatInputs.Length > 0;

    /// <summary>True if the derivative of the operator is that of its function, so that finite differences can verify it.</summary>
    public bool IsSmooth => IsDifferentiable && Sample.IsSmooth && Sample.Row.Differentiability == Differentiability.Differentiable;

    public Tensor[] Values => [.. Inputs.Values.Select(literal => literal.Value)];

    public int PlaceOf(string input) => Inputs.Keys.ToList().IndexOf(input);

    /// <summary>A direction for each float input.</summary>
    public Dictionary<string, Literal> Directions() => FloatInputs.ToDictionary(name => name, name => Weights(Inputs[name].Value.Shape, 3));

    private static IEnumerable<NodeDefinition> Weighted(string name, DType dtype)
    {
        yield return new NodeDefinition(
            "Cast", [name], new Dictionary<string, AttributeValue> { ["to"] = dtype == DType.Float64 ? 11L : 1L }, [name + " cast"]);
        yield return new NodeDefinition("Mul", [name + " cast", name + " weights"], NodeDefinition.NoAttributes, [name + " product"]);
        yield return new NodeDefinition("ReduceSum", [name + " product"], new Dictionary<string, AttributeValue> { ["keepdims"] = 0L }, [name + " sum"]);
    }

    private static Literal Weights(Shape shape, int salt = 2) => new(SampleValues.Spread(-1, 1.5, salt, shape.Dims.ToArray()));
}

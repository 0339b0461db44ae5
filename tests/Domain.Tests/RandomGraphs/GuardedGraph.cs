using Backprop.Domain.Graphs;

namespace Backprop.Domain.Tests.RandomGraphs;

/// <summary>
/// A random graph of functions with infinite derivatives, of selections between values, and of operations that move elements; its output <c>f</c> is
/// a selection. Its inputs include points at which such functions are singular.
/// </summary>
internal sealed class GuardedGraph
{
    private const int Length = 4;
    private static readonly double[] Places = [-2, -1, 0, 0, 0.5, 1, 2];
    private static readonly string[] Singular = ["Log", "Sqrt", "Reciprocal", "Log1p", "Asin", "Acosh", "Rsqrt"];
    private static readonly string[] Smooth = ["Sin", "Tanh", "Square", "Neg", "Exp"];

    private readonly Random random;
    private readonly List<ConstantDefinition> constants = [];
    private readonly List<NodeDefinition> nodes = [];
    private readonly List<string> values = ["x", "y"];

    public GuardedGraph(int seed)
    {
        random = new Random(seed);
        foreach (string input in values)
        {
            Inputs[input] = new Literal(Tensor.Of(Enumerable.Range(0, Length).Select(_ => Places[random.Next(Places.Length)]).ToArray(), Shape.Of(Length)));
        }

        for (int i = random.Next(3, 9); i > 0; i--)
        {
            Grow();
        }

        Guard("f");
        Definition = new GraphDefinition([.. Inputs.Keys.Select(name => new InputDefinition(name))], constants, nodes, ["f"]);
    }

    public Dictionary<string, Literal> Inputs { get; } = [];

    public GraphDefinition Definition { get; }

    public override string ToString() => string.Join("; ", nodes.Select(node =>
        $"{string.Join(',', node.Outputs)} = {node.Op}({string.Join(", ", node.Inputs.Select(input => input.Number is { } number ? $"{number.Value[0]}" : input.Name))})"));

    private string Any() => random.Next(3) == 0 ? values[random.Next(values.Count)] : values[^1];

    private void Grow()
    {
        switch (random.Next(8))
        {
            case < 2: Add(Singular[random.Next(Singular.Length)], [Any()]); break;
            case 2: Add("Pow", [Any(), Literal.Of(new[] { -1, 0.5, 1.5 }[random.Next(3)])]); break;
            case 3: Add(Smooth[random.Next(Smooth.Length)], [Any()]); break;
            case 4: Add(new[] { "Add", "Mul", "Sub", "Div" }[random.Next(4)], [Any(), Any()]); break;
            case 5: Guard(null); break;
            default: Move(); break;
        }
    }

    private void Guard(string? name)
    {
        Literal bound = Literal.Of(new[] { -1.0, 0, 1 }[random.Next(3)]);
        switch (random.Next(5))
        {
            case 0: Add("Relu", [Any()], name); break;
            case 1: Add("Clip", [Any(), Literal.Of(-1.0), Literal.Of(1.5)], name); break;
            case 2: Add(random.Next(2) == 0 ? "Max" : "Min", [Any(), bound], name); break;
            default:
                nodes.Add(new NodeDefinition(new[] { "Greater", "Less", "Equal" }[random.Next(3)], [Any(), bound], NodeDefinition.NoAttributes, [$"c{nodes.Count}"]));
                string condition = nodes[^1].Name;
                Add("Where", random.Next(2) == 0 ? [condition, Any(), Any()] : [condition, Any(), bound], name);
                break;
        }
    }

    // Back to a vector of the same length.
    private void Move()
    {
        switch (random.Next(10))
        {
            case 0: Add("Slice", [Step("Concat", [Any(), Any()], null, ("axis", 0))], null, ("starts", new[] { 1 }), ("ends", new[] { 8 }), ("steps", new[] { 2 })); break;
            case 1: Add("Slice", [Any()], null, ("starts", new[] { -1 }), ("ends", new[] { -9 }), ("steps", new[] { -1 })); break;
            case 2: Add("Gather", [Any(), Indices()]); break;
            case 3: Add("GatherElements", [Any(), Indices()]); break;
            case 4: Halves(); break;
            case 5: Add("Pad", [Step("Slice", [Any()], null, ("starts", new[] { 1 }), ("ends", new[] { 3 })), Operand.Omitted, Literal.Of(0.5)], null, ("pads", new[] { 1, 1 })); break;
            case 6: Add("Expand", [Step("ReduceSum", [Any()], null, ("axes", new[] { 0 }))], null, ("shape", new[] { Length })); break;
            case 7: Add("CumSum", [Any()], null, ("axis", 0)); break;
            case 8: Add("Reshape", [Step("Transpose", [Step("Reshape", [Any()], null, ("shape", new[] { 2, 2 }))])], null, ("shape", new[] { Length })); break;
            default: Add("ReduceSum", [Step("Unfold", [Step("Concat", [Any(), Any()], null, ("axis", 0))], null, ("axis", 0), ("size", 2), ("stride", 2))], null, ("axes", new[] { 1 }), ("keepdims", 0)); break;
        }
    }

    private void Halves()
    {
        string first = $"v{nodes.Count}", second = $"w{nodes.Count}";
        nodes.Add(new NodeDefinition("Split", [Any()], new Dictionary<string, AttributeValue> { ["num_outputs"] = 2L }, [first, second]));
        Add("Concat", [second, first], null, ("axis", 0));
    }

    // Some positions several times, some never.
    private string Indices()
    {
        string name = $"i{constants.Count}";
        constants.Add(new ConstantDefinition(name, new Literal(Tensor.Vector([.. Enumerable.Range(0, Length).Select(_ => (long)random.Next(Length))]), DType.Int64)));
        return name;
    }

    private void Add(string op, Operand[] operands, string? name = null, params (string Name, AttributeValue Value)[] attributes) =>
        values.Add(Step(op, operands, name, attributes));

    private string Step(string op, Operand[] operands, string? name = null, params (string Name, AttributeValue Value)[] attributes)
    {
        name ??= $"v{nodes.Count}";
        nodes.Add(new NodeDefinition(op, operands, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), [name]));
        return name;
    }
}

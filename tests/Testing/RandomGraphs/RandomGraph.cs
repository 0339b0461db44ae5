using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Testing.RandomGraphs;

/// <summary>
/// A graph of about the given number of nodes, with one scalar output <c>f</c> that depends on all of them. Values that might grow are squashed at
/// once, and neither they nor their derivatives have kinks, so that finite differences are accurate.
/// </summary>
internal sealed class RandomGraph
{
    private static readonly string[] Bounded = ["Sin", "Cos", "Tanh", "Sigmoid", "Atan", "Erf", "Gelu", "Softplus", "Mish"];
    private static readonly string[] Squashing = ["Tanh", "Atan", "Erf", "Asinh"];
    private static readonly int[] Base = [2, 3, 2];

    private readonly Random random;
    private readonly List<NodeDefinition> nodes = [];
    private readonly List<(string Name, int[] Dims)> values = [];
    private readonly HashSet<string> used = [];

    public RandomGraph(int size, int seed)
    {
        random = new Random(seed);
        for (int i = 0; i < 3; i++)
        {
            int[] dims = [.. Base[random.Next(Base.Length + 1)..].Select(dim => random.Next(3) == 0 ? 1 : dim)];
            var shape = Shape.Of(dims);
            double[] numbers = [.. Enumerable.Range(0, (int)shape.Count).Select(_ => (random.NextDouble() * 3) - 1.5)];
            Inputs[$"x{i}"] = new Literal(Tensor.Of(numbers, shape));
            values.Add(($"x{i}", dims));
        }

        while (nodes.Count < size)
        {
            Grow();
        }

        Definition = new GraphDefinition([.. Inputs.Keys.Select(name => new InputDefinition(name))], [], [.. nodes, .. Ending()], ["f"]);
    }

    public Dictionary<string, Literal> Inputs { get; } = [];

    public GraphDefinition Definition { get; }

    public Tensor[] Values => [.. Inputs.Values.Select(literal => literal.Value)];

    private void Grow()
    {
        (string x, int[] dims) = Any();
        int axis = dims.Length == 0 ? 0 : random.Next(dims.Length);
        switch (random.Next(12))
        {
            case < 3:
                Add(Bounded[random.Next(Bounded.Length)], dims, [x]);
                break;
            case < 6:
                Pair(x, dims);
                break;
            case 6 when dims.Length > 0:
                Squash(random.Next(2) == 0 ? "ReduceSum" : "ReduceLogSumExp", [.. dims.Where((_, i) => i != axis)], [x], ("axes", new[] { axis }), ("keepdims", 0));
                break;
            case 7 when dims.Length > 0:
                Add("Softmax", dims, [x], ("axis", axis));
                Add("ReduceMean", [.. dims.Select((dim, i) => i == axis ? 1 : dim)], [x], ("axes", new[] { axis }));
                break;
            case 8 when dims.Length == 2:
                Product(x, dims);
                break;
            case 9 when dims.Length > 0:
                Move(x, dims, axis);
                break;
            case 10 when dims.Length > 0:
                Index(x, dims, axis);
                break;
            default:
                Add("Unsqueeze", [1, .. dims], [x], ("axes", new[] { 0 }));
                break;
        }
    }

    private void Pair(string x, int[] dims)
    {
        (string y, int[] other) = Any();
        if (Shape.Broadcast(Shape.Of(dims), Shape.Of(other)) is { Count: <= 36 } joined)
        {
            int[] result = joined.Dims.ToArray();
            if (random.Next(3) == 0)
            {
                Add("Mean", result, [x, y]);
            }
            else
            {
                Squash(random.Next(2) == 0 ? "Mul" : "Sub", result, [x, y]);
            }
        }
    }

    private void Product(string x, int[] dims)
    {
        string turned = Add("Transpose", [dims[1], dims[0]], [x]);
        Squash("MatMul", [dims[0], dims[0]], [x, turned]);
        Squash("Einsum", [dims[1], dims[1]], [x, x], ("equation", "ij,ik->jk"));
    }

    private void Move(string x, int[] dims, int axis)
    {
        int count = dims.Aggregate(1, (n, dim) => n * dim);
        switch (random.Next(4))
        {
            case 0:
                Add("Transpose", [.. dims.Reverse()], [x]);
                break;
            case 1:
                Add("Reshape", [count], [x], ("shape", new[] { -1 }));
                break;
            case 2 when count <= 18:
                Add("Concat", [.. dims.Select((dim, i) => i == axis ? 2 * dim : dim)], [x, x], ("axis", axis));
                break;
            default:
                Add("Slice", dims, [x], ("starts", new[] { -1 }), ("ends", new[] { -100 }), ("axes", new[] { axis }), ("steps", new[] { -1 }));
                break;
        }
    }

    private void Index(string x, int[] dims, int axis)
    {
        switch (random.Next(3))
        {
            case 0:
                Squash("CumSum", dims, [x], ("axis", axis), ("reverse", random.Next(2)));
                break;
            case 1:
                Add("Gather", [.. dims.Where((_, i) => i != axis)], [x, Literal.Of((long)random.Next(dims[axis]))], ("axis", axis));
                break;
            default:
                Add("Pad", [.. dims.Select((dim, i) => i == axis ? dim + 1 : dim)], [x, Operand.Omitted, Literal.Of(0.5), Operand.Omitted],
                    ("pads", new[] { 0, 1 }), ("axes", new[] { axis }));
                break;
        }
    }

    private string Squash(string op, int[] dims, Operand[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        Add(Squashing[random.Next(Squashing.Length)], dims, [Add(op, dims, inputs, attributes, false)]);

    private string Add(string op, int[] dims, Operand[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        Add(op, dims, inputs, attributes, dims.Length <= 3 && dims.Aggregate(1, (n, dim) => n * dim) <= 36);

    private string Add(string op, int[] dims, Operand[] inputs, (string Name, AttributeValue Value)[] attributes, bool offered)
    {
        string name = $"n{nodes.Count}";
        nodes.Add(new NodeDefinition(op, inputs, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value), [name]));
        used.UnionWith(inputs.Select(input => input.Name ?? string.Empty));
        if (offered)
        {
            values.Add((name, dims));
        }

        return name;
    }

    // Half of the operands are recent, so that graphs are deep; the others come from anywhere, so that graphs fan out.
    private (string Name, int[] Dims) Any() =>
        values[random.Next(2) == 0 ? random.Next(values.Count) : random.Next(Math.Max(0, values.Count - 6), values.Count)];

    private IEnumerable<NodeDefinition> Ending()
    {
        string[] ends = [.. nodes.Select(node => node.Name).Where(name => !used.Contains(name))];
        foreach (string end in ends)
        {
            yield return new NodeDefinition("ReduceSum", [end], new Dictionary<string, AttributeValue> { ["keepdims"] = 0 }, [$"{end} sum"]);
        }

        yield return new NodeDefinition("Sum", [.. ends.Select(end => (Operand)$"{end} sum")], NodeDefinition.NoAttributes, ["f"]);
    }
}

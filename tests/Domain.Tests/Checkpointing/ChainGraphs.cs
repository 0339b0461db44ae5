using Backprop.Domain.Graphs;

namespace Backprop.Domain.Tests.Checkpointing;

/// <summary>Graphs to checkpoint, with values for their inputs.</summary>
internal static class ChainGraphs
{
    private static readonly string[] Unary = ["Tanh", "Sin", "Sigmoid", "Relu", "Gelu", "Identity"];

    /// <summary>Layers of MatMul, Add and an activation, and the sum of squares of the last one.</summary>
    public static GraphDefinition Mlp(int layers, string activation = "Tanh")
    {
        var nodes = new List<NodeDefinition>();
        var inputs = new List<InputDefinition> { new("x") };
        string value = "x";
        for (int i = 0; i < layers; i++)
        {
            inputs.AddRange([new($"w{i}"), new($"b{i}")]);
            nodes.AddRange([Node($"m{i}", "MatMul", value, $"w{i}"), Node($"z{i}", "Add", $"m{i}", $"b{i}"), Node($"h{i}", activation, $"z{i}")]);
            value = $"h{i}";
        }

        nodes.AddRange([Node("q", "Square", value), Node("L", "ReduceSum", "q")]);
        return new GraphDefinition(inputs, [], nodes, ["L"]);
    }

    public static Dictionary<string, Literal> MlpValues(int layers, int width, int batch)
    {
        var random = new Random(1);
        var values = new Dictionary<string, Literal> { ["x"] = Values(random, batch, width) };
        for (int i = 0; i < layers; i++)
        {
            values[$"w{i}"] = Values(random, width, width);
            values[$"b{i}"] = Values(random, width);
        }

        return values;
    }

    /// <summary>Nodes of random operations on random previous values, and so with fan-out, skips and dead ends.</summary>
    public static GraphDefinition Random(int seed, int size)
    {
        var random = new Random(seed);
        var nodes = new List<NodeDefinition>();
        List<string> names = ["x", "y", "c"];
        for (int i = 0; i < size; i++)
        {
            string name = $"n{i}";
            string a = Pick();
            nodes.Add(random.Next(8) switch
            {
                0 => Node(name, "MatMul", a, "w"),
                1 => Node(name, "Softmax", a),
                2 => Node(name, "Mul", a, Pick()),
                3 or 4 => Node(name, "Add", a, Pick()),
                _ => Node(name, Unary[random.Next(Unary.Length)], a),
            });
            names.Add(name);
        }

        nodes.AddRange([Node("s", "Add", names[^1], Pick()), Node("L", "ReduceSum", "s")]);
        var constant = new ConstantDefinition("c", Values(random, 3, 4));
        return new GraphDefinition([new("x"), new("y"), new("w")], [constant], nodes, ["L", "s"]);

        string Pick() => names[Math.Max(random.Next(names.Count), names.Count - 1 - random.Next(6))];
    }

    public static Dictionary<string, Literal> RandomValues(params int[] batch)
    {
        var random = new Random(2);
        return new() { ["x"] = Values(random, [.. batch, 3, 4]), ["y"] = Values(random, 3, 4), ["w"] = Values(random, 4, 4) };
    }

    public static Literal Values(Random random, params int[] dims)
    {
        var shape = Shape.Of(dims);
        double[] values = [.. Enumerable.Range(0, (int)shape.Count).Select(_ => (random.NextDouble() - 0.5) / 2)];
        return new Literal(Tensor.Of(values, shape));
    }

    /// <summary>sin(sin(… sin(x))).</summary>
    public static GraphDefinition Sines(int layers) => new(
        [new("x")], [], [.. Enumerable.Range(0, layers).Select(i => Node($"h{i}", "Sin", i == 0 ? "x" : $"h{i - 1}"))], [$"h{layers - 1}"]);

    private static NodeDefinition Node(string name, string op, params string[] inputs) =>
        new(op, [.. inputs.Select(input => (Operand)input)], NodeDefinition.NoAttributes, [name]);
}

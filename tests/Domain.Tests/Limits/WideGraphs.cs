using Backprop.Domain.Graphs;

namespace Backprop.Domain.Tests.Limits;

/// <summary>Graphs of any size in one respect: operands, values, uses, nesting, steps, constants.</summary>
internal static class WideGraphs
{
    private static readonly Dictionary<string, Func<int, WideGraph>> All = new()
    {
        ["operands of Max"] = n => Scalars("Max", n),
        ["operands of Min"] = n => Scalars("Min", n),
        ["operands of Sum"] = n => Scalars("Sum", n),
        ["operands of Mean"] = n => Scalars("Mean", n),
        ["different operands of Max"] = n => Inputs(n, "Max"),
        ["different operands of Sum"] = n => Inputs(n, "Sum"),
        ["numbers as operands"] = n => One([Node("Max", [.. Enumerable.Range(0, n - 1).Select(i => (Operand)Literal.Of(i / (double)n)), "x"], "f")]),
        ["operands of Concat"] = n => Vector(2, Node("Concat", Same("x", n), "c", ("axis", 0L)), Total("c")),
        ["operands of Einsum"] = n => Vector(2, Node("Einsum", Same("x", n), "f", ("equation", string.Join(',', Enumerable.Repeat("i", n)) + "->"))),
        ["values of Split"] = n => Vector(n, Split(n), Node("Sum", Names("s", n), "t"), Total("t")),
        ["values of Split as outputs"] = n => Vector(n, Split(n), Total("x")) with
        {
            Outputs = ["f", .. Enumerable.Range(0, n).Select(i => $"s{i}")],
        },
        ["slices of one value"] = n => Vector(n, [.. Enumerable.Range(0, n).Select(Slice), Node("Sum", Names("s", n), "t"), Total("t")]),
        ["uses of one value"] = n => One([Node("Sin", ["x"], "y"), .. Numbered(n, i => Node("Cos", ["y"], $"s{i}")),
            Node("Sum", Names("s", n), "f")]),
        ["outputs"] = n => One([.. Numbered(n, i => Node("Mul", ["x", Literal.Of(i + 2.0)], $"s{i}")), Node("Neg", ["x"], "f")]) with
        {
            Outputs = ["f", .. Enumerable.Range(0, n).Select(i => $"s{i}")],
        },
        ["nodes in a chain"] = n => One([Node("Identity", ["x"], "s0"), .. Numbered(n, i => Node("Sin", [$"s{i}"], $"s{i + 1}")),
            Node("Neg", [$"s{n}"], "f")]),
        ["choices in a chain"] = n => One(
        [
            Node("Identity", ["x"], "s0"),
            .. Numbered(n, i => Node("Greater", [$"s{i}", "x"], $"c{i}")), .. Numbered(n, i => Node("Where", [$"c{i}", "x", $"s{i}"], $"s{i + 1}")),
            Node("Neg", [$"s{n}"], "f"),
        ]),
        ["shapes in a chain"] = n => Vector(2, [Node("Identity", ["x"], "s0"), .. Enumerable.Range(0, n).SelectMany(Reshaped),
            Node("Sum", Names("m", n), "t"), Total("t")]),
        ["uses of a constant"] = n => One([.. Numbered(n, i => Node("Mul", ["x", "k"], $"m{i}")),
            .. Numbered(n, i => Node("Div", [$"m{i}", "k"], $"s{i}")), Node("Sum", Names("s", n), "t"), Total("t")]) with
        {
            Constants = [new("k", new(Tensor.Vector([.. Enumerable.Range(0, 4000).Select(i => 2.0)])))],
        },
        ["constants"] = n => One([.. Numbered(n, i => Node("Mul", ["x", $"k{i}"], $"s{i}")), Node("Sum", Names("s", n), "f")]) with
        {
            Constants = [.. Enumerable.Range(0, n).Select(i => new ConstantDefinition($"k{i}", Literal.Of(i + 0.5)))],
        },
        ["steps of LSTM"] = Lstm,
        ["parameters of Adam"] = Adam,
        ["operands of Gradient"] = Gradient,
    };

    public static IReadOnlyCollection<string> Kinds => All.Keys;

    public static WideGraph Of(string name, int size) => All[name](size);

    private static NodeDefinition Node(string op, IReadOnlyList<Operand> operands, string output,
        params (string Name, AttributeValue Value)[] attributes) =>
        new(op, operands, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), [output]);

    private static Operand[] Same(string name, int count) => [.. Enumerable.Repeat<Operand>(name, count)];

    private static Operand[] Names(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => (Operand)$"{prefix}{i}")];

    private static IEnumerable<NodeDefinition> Numbered(int count, Func<int, NodeDefinition> make) => Enumerable.Range(0, count).Select(make);

    private static NodeDefinition Total(string x) => Node("ReduceSum", [x], "f", ("keepdims", 0L));

    private static NodeDefinition Split(int parts) =>
        Node("Split", ["x"], "s0", ("axis", 0L)) with { Outputs = [.. Enumerable.Range(0, parts).Select(i => $"s{i}")] };

    private static NodeDefinition Slice(int place) => Node("Slice", ["x"], $"s{place}", ("starts", new[] { place }), ("ends", new[] { place + 1 }));

    private static IEnumerable<NodeDefinition> Reshaped(int i) =>
    [
        i % 2 == 0 ? Node("Reshape", [$"s{i}"], $"s{i + 1}", ("shape", new[] { 1, 2 }))
            : Node("Expand", [$"s{i}"], $"s{i + 1}", ("shape", new[] { 1, 1, 2 })),
        Node("Mul", [$"s{i + 1}", "x"], $"m{i}"),
    ];

    private static WideGraph One(NodeDefinition[] nodes) => new([new("x")], nodes) { Values = new() { ["x"] = Literal.Of(1.5) } };

    private static WideGraph Vector(int length, params NodeDefinition[] nodes) =>
        new([new("x")], nodes) { Values = new() { ["x"] = new(Tensor.Vector([.. Enumerable.Range(0, length).Select(i => 0.5 + (i % 7))])) } };

    private static WideGraph Scalars(string op, int operands) => One([Node(op, Same("x", operands), "f")]);

    private static WideGraph Inputs(int count, string op) => new([.. Enumerable.Range(0, count).Select(i => new InputDefinition($"x{i}"))],
        [Node(op, Names("x", count), "f")])
    {
        Values = Enumerable.Range(0, count).ToDictionary(i => $"x{i}", i => Literal.Of(i % 5)),
    };

    private static WideGraph Lstm(int size) => new([new("x"), new("w"), new("r")],
        [Node("LSTM", ["x", "w", "r"], "y") with { Outputs = ["", "h"] }, Total("h")])
    {
        Values = new()
        {
            ["x"] = Filled(Math.Max(size / 4, 1), 1, 1),
            ["w"] = Filled(1, 4, 1),
            ["r"] = Filled(1, 4, 1),
        },
    };

    private static Literal Filled(params int[] dims) => new(Tensor.Filled(new TensorType(DType.Float64, Shape.Of(dims)), 0.3));

    private static WideGraph Adam(int size)
    {
        int count = size / 4;
        WideGraph inputs = Inputs(4 * count, "Sum");
        string[] results = [.. Enumerable.Range(0, 3 * count).Select(i => $"s{i}")];
        return inputs with
        {
            Nodes = [Node("Adam", [Literal.Of(0.1), Literal.Of(1L), .. Names("x", 4 * count)], "s0") with { Outputs = results },
                Node("Sum", Names("s", count), "f")],
        };
    }

    private static WideGraph Gradient(int size)
    {
        WideGraph inputs = Inputs(size, "Sum");
        string[] names = [.. inputs.Inputs.Select(input => input.Name)], results = [.. names.Select(name => $"d{name}")];
        NodeDefinition gradient = Node("Gradient", Names("x", size), "dx0", ("xs", names), ("y", "square")) with { Outputs = results };
        return inputs with
        {
            Nodes = [Node("Sum", Names("x", size), "sum"), Node("Square", ["sum"], "square"), gradient, Node("Sum", Names("dx", size), "f")],
        };
    }
}

/// <summary>A graph whose output <c>f</c> is a single number, with values for its inputs.</summary>
internal sealed record WideGraph(IReadOnlyList<InputDefinition> Inputs, IReadOnlyList<NodeDefinition> Nodes)
{
    public IReadOnlyList<string> Outputs { get; init; } = ["f"];

    public IReadOnlyList<ConstantDefinition> Constants { get; init; } = [];

    public required Dictionary<string, Literal> Values { get; init; }

    public GraphDefinition Definition => new(Inputs, Constants, Nodes, Outputs);
}

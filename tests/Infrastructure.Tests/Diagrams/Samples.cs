using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Infrastructure.Tests.Diagrams;

/// <summary>Graphs to draw.</summary>
public static class Samples
{
    /// <summary>d = a*b; e = d + c; L = e^2 at a=2, b=-3, c=10.</summary>
    public static Diagram Seed { get; } = new(
        [
            Input("a", "2", "-24"),
            Input("b", "-3", "16"),
            Input("c", "10", "8"),
            Operation("d", "Mul", "-6", "8"),
            Operation("e", "Add", "4", "8"),
            new("two", "2", DiagramNodeKind.Constant, null, "float64", "2", null),
            new("L", "L", DiagramNodeKind.Output, "Pow", "float64", "16", "1"),
        ],
        [
            new("a", "d", 0, "b = -3", "8 · (-3) = -24"),
            new("b", "d", 1, "a = 2", "8 · 2 = 16"),
            new("d", "e", 0, "1", "8 · 1 = 8"),
            new("c", "e", 1, "1", "8 · 1 = 8"),
            new("e", "L", 0, "2·e = 8", "1 · 8 = 8"),
            new("two", "L", 1, null, null),
        ]);

    /// <summary>s = a+b; p = s*a; q = s*b; L = p+q at a=1, b=2: every value but p, q and L is used twice.</summary>
    public static Diagram FanOut { get; } = new(
        [
            Input("a", "1", "6"),
            Input("b", "2", "6"),
            Operation("s", "Add", "3", "3"),
            Operation("p", "Mul", "3", "1"),
            Operation("q", "Mul", "6", "1"),
            new("L", "L", DiagramNodeKind.Output, "Add", "float64", "9", "1"),
        ],
        [
            new("a", "s", 0, "1", "3 · 1 = 3"),
            new("b", "s", 1, "1", "3 · 1 = 3"),
            new("s", "p", 0, "a = 1", "1 · 1 = 1"),
            new("a", "p", 1, "s = 3", "1 · 3 = 3"),
            new("s", "q", 0, "b = 2", "1 · 2 = 2"),
            new("b", "q", 1, "s = 3", "1 · 3 = 3"),
            new("p", "L", 0, "1", "1 · 1 = 1"),
            new("q", "L", 1, "1", "1 · 1 = 1"),
        ]);

    /// <summary>Node i uses the given earlier nodes; a node that uses none is an input.</summary>
    public static Diagram Dag(params int[][] operands)
    {
        var used = operands.SelectMany(o => o).ToHashSet();
        var nodes = operands.Select((own, i) => new DiagramNode(
            $"n{i}",
            $"n{i}",
            own.Length == 0 ? DiagramNodeKind.Input : used.Contains(i) ? DiagramNodeKind.Operation : DiagramNodeKind.Output,
            own.Length == 0 ? null : own.Length == 1 ? "Tanh" : "Add",
            i % 3 == 0 ? "float32[8,16]" : null,
            i % 4 == 0 ? null : $"{i * 0.37:0.00}",
            i % 5 == 0 ? null : $"{i * -0.11:0.00}"));
        var edges = operands.SelectMany((own, i) => own.Select((from, k) => (from + i) % 7 == 0
            ? new DiagramEdge($"n{from}", $"n{i}", k, null, null)
            : new DiagramEdge($"n{from}", $"n{i}", k, $"n{k} = {from}", $"{i} · {from} = {i * from}")));
        return new Diagram([.. nodes], [.. edges]);
    }

    /// <summary>An LSTM unrolled over some steps, with its weights as inputs: five gates' operations and the states per step.</summary>
    public static Diagram Lstm(int steps)
    {
        var nodes = new List<DiagramNode>();
        var edges = new List<DiagramEdge>();
        foreach (var name in new[] { "w", "u", "b", "h0", "c0" })
        {
            nodes.Add(Input(name, "[8×8], norm 3.1, min -0.91, max 0.88", "[8×8], norm 0.031, min -0.0091, max 0.0088"));
        }

        void Add(string name, string op, params string[] operands)
        {
            nodes.Add(Operation(name, op, "[1×8], norm 0.41, min -0.2, max 0.31", "[1×8], norm 0.41, min -0.2, max 0.31"));
            edges.AddRange(operands.Select((operand, i) => new DiagramEdge(operand, name, i, "0.123", "[1×8], norm 0.41, min -0.2, max 0.31")));
        }

        for (var t = 1; t <= steps; t++)
        {
            nodes.Add(Input($"x{t}", "[1×8], norm 1.2, min -1, max 1", "[1×8], norm 0.1, min 0, max 0.1"));
            Add($"z{t}", "MatMul", $"x{t}", "w");
            Add($"r{t}", "MatMul", $"h{t - 1}", "u");
            Add($"s{t}", "Sum", $"z{t}", $"r{t}", "b");
            foreach (var gate in new[] { "i", "f", "o" })
            {
                Add($"{gate}{t}", "Sigmoid", $"s{t}");
            }

            Add($"g{t}", "Tanh", $"s{t}");
            Add($"k{t}", "Mul", $"f{t}", $"c{t - 1}");
            Add($"n{t}", "Mul", $"i{t}", $"g{t}");
            Add($"c{t}", "Add", $"k{t}", $"n{t}");
            Add($"a{t}", "Tanh", $"c{t}");
            Add($"h{t}", "Mul", $"o{t}", $"a{t}");
        }

        Add("L", "ReduceSum", $"h{steps}");
        return new Diagram(nodes, edges);
    }

    /// <summary>One node with the same text in every member, used twice by another.</summary>
    public static Diagram Hostile(string text) => new(
        [
            new(text, text, DiagramNodeKind.Input, null, text, text, text),
            new(text + "'", text, DiagramNodeKind.Output, text, text, text, text),
        ],
        [new(text, text + "'", 0, text, text), new(text, text + "'", 1, text, text)]);

    private static DiagramNode Input(string name, string value, string gradient) =>
        new(name, name, DiagramNodeKind.Input, null, "float64", value, gradient);

    private static DiagramNode Operation(string name, string op, string value, string gradient) =>
        new(name, name, DiagramNodeKind.Operation, op, "float64", value, gradient);
}

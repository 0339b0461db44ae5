using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Bench.Peers;

/// <summary>The graphs of the comparison with ADOL-C, the same that graphs.h draws; README.md beside it describes them.</summary>
public sealed class ScalarGraphs
{
    private const double P = 0.5, Q = 0.3;
    private readonly GraphBuilder b = new();
    private readonly List<Node> nodes = [];
    private readonly List<Node> inputs = [];
    private readonly List<double> values = [];
    private ulong state = 2026;

    private ScalarGraphs()
    {
    }

    /// <summary>The graph of a case (<c>cycle</c>, <c>chains</c> or <c>random</c>) with about so many operations, and its inputs.</summary>
    public static (Graph Graph, Tensor[] Inputs) Draw(string name, int operations)
    {
        var drawing = new ScalarGraphs();
        Node output = name switch
        {
            "cycle" => drawing.Cycle(operations),
            "chains" => drawing.Chains(operations),
            "random" => drawing.Random(operations),
            _ => throw new ArgumentException($"No graph is called '{name}'.", nameof(name)),
        };
        return (new Graph(drawing.inputs, [new NamedNode("y", output)]), [.. drawing.values.Select(Tensor.Scalar)]);
    }

    private Node Input(double value)
    {
        Node input = b.Input($"x{inputs.Count}", new TensorType(DType.Float64, Shape.Scalar));
        inputs.Add(input);
        nodes.Add(input);
        values.Add(value);
        return input;
    }

    private Node Turn(Node s, Node p, Node q)
    {
        Node a = b.Mul(s, p), c = b.Sin(b.Add(a, q));
        return b.Add(b.Tanh(b.Mul(c, b.Exp(c))), a);
    }

    private Node Cycle(int operations)
    {
        Node p = Input(P), q = Input(Q), s = Input(0.1);
        for (int i = 0; i < operations / 7; i++)
        {
            s = Turn(s, p, q);
        }

        return s;
    }

    private Node Chains(int operations)
    {
        const int Count = 1000;
        Node p = Input(P), q = Input(Q);
        Node[] ends = [.. Enumerable.Range(0, Count).Select(i => Input(0.1 + (i / (double)Count)))];
        for (int chain = 0; chain < Count; chain++)
        {
            for (int i = 0; i < operations / (7 * Count); i++)
            {
                ends[chain] = Turn(ends[chain], p, q);
            }
        }

        return ends.Aggregate(b.Add);
    }

    private Node Random(int operations)
    {
        const int Inputs = 64, Window = 32, Largest = 10;
        var bounds = new List<int>();
        for (int i = 0; i < Inputs; i++)
        {
            Input(0.1 + (i / (double)Inputs));
            bounds.Add(2);
        }

        int[] window = [.. Enumerable.Range(0, Window)];
        for (int i = 0; i < operations; i++)
        {
            int slot = Below(Window), kind = Below(5), where = Below(32), place = Below(nodes.Count);
            int x = window[slot], y = where < 24 ? window[Below(Window)] : where < 28 ? place % Inputs : place;
            (Node made, int bound) = kind switch
            {
                0 when bounds[x] + bounds[y] <= Largest => (b.Add(nodes[x], nodes[y]), bounds[x] + bounds[y]),
                1 when bounds[x] * bounds[y] <= Largest => (b.Mul(nodes[x], nodes[y]), bounds[x] * bounds[y]),
                2 when bounds[x] <= 1 => (b.Exp(nodes[x]), 3),
                4 => (b.Tanh(nodes[x]), 1),
                _ => (b.Sin(nodes[x]), 1),
            };
            window[slot] = nodes.Count;
            nodes.Add(made);
            bounds.Add(bound);
        }

        return window.Select(place => nodes[place]).Aggregate(b.Add);
    }

    private int Below(int n)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)n);
    }
}

using Backprop.Domain.Graphs;

namespace Backprop.Compare.Candidates;

/// <summary>Graphs of numbers in which values are used several times. <c>peers/adolc/graphs.h</c> generates the same ones.</summary>
internal sealed class ScalarGraph
{
    private readonly List<(string Op, int[] Operands)> nodes = [];
    private readonly List<double> inputs = [];
    private ulong state = 2026;

    private ScalarGraph(string name, int operations)
    {
        (Name, Requested) = (name, operations);
        if (name == "cycle")
        {
            AddTurns(operations / 7);
        }
        else
        {
            AddRandom(operations);
        }
    }

    /// <summary>Seven operations from one state to the next, repeated.</summary>
    public static ScalarGraph Cycle(int operations) => new("cycle", operations);

    /// <summary>Operations on recent values, on inputs, and on any values; everything stays bounded.</summary>
    public static ScalarGraph Random(int operations) => new("random", operations);

    /// <summary>The peer's name for it.</summary>
    public string Name { get; }

    /// <summary>The approximate number of operations requested.</summary>
    public int Requested { get; }

    /// <summary>Their number.</summary>
    public int Operations => nodes.Count - inputs.Count;

    /// <summary>The names of the inputs.</summary>
    public string[] InputNames => [.. Enumerable.Range(0, inputs.Count).Select(NameOf)];

    /// <summary>The graph.</summary>
    public GraphDefinition Definition() => new(
        [.. InputNames.Select(name => new InputDefinition(name))],
        [],
        [.. nodes.Skip(inputs.Count).Select((node, i) => new NodeDefinition(
            node.Op, [.. node.Operands.Select(operand => (Operand)NameOf(operand))], NodeDefinition.NoAttributes, [NameOf(inputs.Count + i)]))],
        [NameOf(nodes.Count - 1)]);

    /// <summary>The values of its inputs.</summary>
    public Dictionary<string, Tensor> Values() => inputs.Select((value, i) => (i, value)).ToDictionary(input => NameOf(input.i), input => Tensor.Scalar(input.value));

    private string NameOf(int place) => place < inputs.Count ? $"x{place}" : $"n{place - inputs.Count}";

    private int Input(double value)
    {
        inputs.Add(value);
        return Add("Input");
    }

    private int Add(string op, params int[] operands)
    {
        nodes.Add((op, operands));
        return nodes.Count - 1;
    }

    private void AddTurns(int turns)
    {
        int p = Input(0.5), q = Input(0.3), s = Input(0.1);
        for (int i = 0; i < turns; i++)
        {
            int a = Add("Mul", s, p);
            int c = Add("Sin", Add("Add", a, q));
            s = Add("Add", Add("Tanh", Add("Mul", c, Add("Exp", c))), a);
        }
    }

    private void AddRandom(int operations)
    {
        const int Inputs = 64;
        const int Window = 32;
        List<int> bounds = [.. Enumerable.Repeat(2, Inputs)];
        for (int i = 0; i < Inputs; i++)
        {
            Input(0.1 + (i / (double)Inputs));
        }

        int[] window = [.. Enumerable.Range(0, Window)];
        for (int i = 0; i < operations; i++)
        {
            int slot = Below(Window), kind = Below(5), where = Below(32), place = Below(nodes.Count);
            int x = window[slot], y = where < 24 ? window[Below(Window)] : where < 28 ? place % Inputs : place;
            window[slot] = AddBounded(kind, x, y, bounds);
        }

        int sum = window[0];
        foreach (int end in window.Skip(1))
        {
            sum = Add("Add", sum, end);
        }
    }

    // Values that would grow are passed through a sine.
    private int AddBounded(int kind, int x, int y, List<int> bounds)
    {
        const int Largest = 10;
        (string op, int bound) = kind switch
        {
            0 when bounds[x] + bounds[y] <= Largest => ("Add", bounds[x] + bounds[y]),
            1 when bounds[x] * bounds[y] <= Largest => ("Mul", bounds[x] * bounds[y]),
            2 when bounds[x] <= 1 => ("Exp", 3),
            4 => ("Tanh", 1),
            _ => ("Sin", 1),
        };
        bounds.Add(bound);
        return op is "Add" or "Mul" ? Add(op, x, y) : Add(op, x);
    }

    private int Below(int limit)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)limit);
    }
}

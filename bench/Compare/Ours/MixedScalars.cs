using Backprop.Domain.Graphs;

namespace Backprop.Compare.Ours;

/// <summary>
/// A graph of numbers: multiplications, additions, sines, exponentials and tangents. Each value is used at least once, by whom is drawn by
/// lot, and many are used several times; all of them lead to the one output.
/// </summary>
internal sealed class MixedScalars
{
    private const double Largest = 2;
    private const int Depth = 20;
    private const int Times = 0;
    private const int Plus = 1;
    private const int Tanh = 4;

    private static readonly string[] Names = ["Mul", "Add", "Sin", "Exp", "Tanh"];

    private readonly List<double> values = [];

    /// <param name="inputs">Inputs.</param>
    /// <param name="operations">Operations; about a twentieth of them lie beside one another, so that derivatives neither vanish nor explode.</param>
    public MixedScalars(int inputs, int operations)
    {
        var random = new Random(1);
        values.AddRange(Enumerable.Range(0, inputs).Select(_ => (2 * random.NextDouble()) - 1));
        Inputs = [.. values];
        int waiting = 0;
        int breadth = Math.Max(inputs, operations / Depth);
        while (Operations.Count < operations)
        {
            int unused = values.Count - waiting;
            if (operations - Operations.Count < unused)
            {
                Add(Plus, waiting, waiting + 1);
                waiting += 2;
            }
            else if (unused < breadth)
            {
                AddBounded(Draw(random), random.Next(values.Count), random.Next(values.Count));
            }
            else
            {
                AddBounded(Draw(random), waiting, values.Count - 1 - random.Next(breadth));
                waiting++;
            }
        }
    }

    public IReadOnlyList<double> Inputs { get; }

    /// <summary>The operations: a code and the places of the operands, inputs first.</summary>
    public List<(int Code, int Left, int Right)> Operations { get; } = [];

    /// <summary>The names of the inputs.</summary>
    public string[] InputNames => [.. Enumerable.Range(0, Inputs.Count).Select(Name)];

    /// <summary>The graph.</summary>
    public GraphDefinition Graph() => new(
        [.. InputNames.Select(name => new InputDefinition(name))], [], [.. Operations.Select(Node)], [Name(values.Count - 1)]);

    /// <summary>The values of its inputs.</summary>
    public Dictionary<string, Tensor> InputValues() => Inputs.Select((value, i) => (Name: Name(i), value)).ToDictionary(input => input.Name, input => Tensor.Scalar(input.value));

    /// <summary>Writes it as the peer reads it.</summary>
    public void Write(string file)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(Inputs.Count);
        writer.Write(Operations.Count);
        foreach ((int code, int left, int right) in Operations)
        {
            writer.Write(code);
            writer.Write(left);
            writer.Write(right);
        }

        foreach (double value in Inputs)
        {
            writer.Write(value);
        }
    }

    /// <summary>The operator's name.</summary>
    public static string Operator(int code) => Names[code];

    /// <summary>The name of a value.</summary>
    public string Name(int place) => place < Inputs.Count ? $"x{place}" : $"n{place - Inputs.Count}";

    private static int Draw(Random random) => random.Next(10) switch { < 4 => Times, < 7 => Plus, 7 => 2, 8 => 3, _ => Tanh };

    private NodeDefinition Node((int Code, int Left, int Right) operation, int place) => new(
        Names[operation.Code],
        operation.Code <= Plus ? [Name(operation.Left), Name(operation.Right)] : [Name(operation.Left)],
        NodeDefinition.NoAttributes,
        [Name(Inputs.Count + place)]);

    // What would grow is squeezed instead, or a million operations would end at infinity.
    private void AddBounded(int code, int left, int right) =>
        Add(Math.Abs(Apply(code, values[left], values[right])) > Largest ? Tanh : code, left, right);

    private void Add(int code, int left, int right)
    {
        Operations.Add((code, left, code <= Plus ? right : left));
        values.Add(Apply(code, values[left], values[right]));
    }

    private static double Apply(int code, double x, double y) => code switch
    {
        Times => x * y,
        Plus => x + y,
        2 => Math.Sin(x),
        3 => Math.Exp(x),
        _ => Math.Tanh(x),
    };
}

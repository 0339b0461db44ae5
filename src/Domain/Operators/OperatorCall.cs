using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators;

/// <summary>An operator about to be applied, with typed operands and normalized attributes.</summary>
/// <param name="b">Makes the nodes.</param>
/// <param name="row">The operator.</param>
/// <param name="inputs">The operands; null for one that is omitted.</param>
/// <param name="attributes">Every attribute that is given or has a default.</param>
/// <param name="outputs">How many values are requested.</param>
/// <param name="known">Computes a value that must be known before anything runs.</param>
/// <param name="defaultDType">The element type if nothing else decides it.</param>
/// <param name="named">Finds a value of the graph by its name.</param>
public sealed class OperatorCall(
    GraphBuilder b,
    Operator row,
    IReadOnlyList<Node?> inputs,
    IReadOnlyDictionary<string, AttributeValue> attributes,
    int outputs,
    Func<Node, Tensor> known,
    DType defaultDType,
    Func<string, Node> named)
{
    /// <summary>Makes the nodes.</summary>
    public GraphBuilder B => b;

    /// <summary>The operator's name.</summary>
    public string Name => row.Name;

    /// <summary>The first operand.</summary>
    public Node X => this[0];

    /// <summary>How many values are requested.</summary>
    public int Outputs => outputs;

    /// <summary>The element type if nothing else decides it.</summary>
    public DType DefaultDType => defaultDType;

    /// <summary>The value of an operand that must be known before anything runs.</summary>
    public Tensor Known(int place) => known(this[place]);

    /// <summary>The single number of an operand that must be known before anything runs.</summary>
    public double KnownNumber(int place) => Known(place) is { Count: 1 } value
        ? value[0]
        : throw new InvalidOperandException($"{row.OperandAt(place).Name} must be one number", place);

    /// <summary>The number of operands, including omitted ones.</summary>
    public int Count => inputs.Count;

    /// <summary>The number of given operands.</summary>
    public int Given => inputs.Count(input => input is not null);

    /// <summary>A new list of all given operands.</summary>
    public Node[] Inputs => [.. inputs.OfType<Node>()];

    /// <summary>An operand.</summary>
    public Node this[int place] => Optional(place) ?? throw new InvalidOperandException($"operand {row.OperandAt(place).Name} is missing", place);

    /// <summary>An operand that may be omitted.</summary>
    public Node? Optional(int place) => place < inputs.Count ? inputs[place] : null;

    /// <summary>An integer attribute.</summary>
    public int Int(string name) => ToInt(name, attributes[name].Numbers!.Value.Values<long>()[0]);

    /// <summary>A Boolean attribute.</summary>
    public bool Flag(string name) => Int(name) != 0;

    /// <summary>A number.</summary>
    public double Number(string name) => attributes[name].Numbers!.Value[0];

    /// <summary>A number if the attribute is given.</summary>
    public double? OptionalNumber(string name) => attributes.ContainsKey(name) ? Number(name) : null;

    /// <summary>Numbers: a list attribute, or the value of the operand of that name, which then must be known; null if neither is given.</summary>
    public double[]? Numbers(string name)
    {
        Tensor? values = attributes.TryGetValue(name, out AttributeValue? value) ? value.Numbers!.Value : KnownOperand(name);
        return values is null ? null : [.. Enumerable.Range(0, values.Count).Select(i => values[i])];
    }

    /// <summary>The element type that an attribute gives by its number in ONNX (TensorProto.DataType), or null if it is not given.</summary>
    public DType? ElementType(string name) => OptionalInt(name) switch
    {
        null => null,
        1 => DType.Float32,
        7 => DType.Int64,
        9 => DType.Bool,
        11 => DType.Float64,
        int other => throw new InvalidOperandException($"attribute {name} is {other}; there are 1 (float32), 7 (int64), 9 (bool) and 11 (float64)"),
    };

    /// <summary>The texts of a list attribute, or null if it is not given.</summary>
    public IReadOnlyList<string>? Texts(string name) => attributes.TryGetValue(name, out AttributeValue? value) ? value.Texts : null;

    /// <summary>A value of the graph to which an attribute refers.</summary>
    public Node Named(string name) => named(name);

    /// <summary>A text.</summary>
    public string Text(string name) => attributes[name].Texts![0];

    /// <summary>A text that must be one of these.</summary>
    public string Text(string name, params string[] allowed) => allowed.Contains(Text(name))
        ? Text(name)
        : throw new InvalidOperandException($"attribute {name} is '{Text(name)}', expected {string.Join(", ", allowed)}");

    /// <summary>A number if the attribute is given.</summary>
    public int? OptionalInt(string name) => attributes.ContainsKey(name) ? Int(name) : null;

    /// <summary>A list attribute, or the value of the static operand of that name; null if neither is given.</summary>
    public long[]? Ints(string name)
    {
        if (attributes.TryGetValue(name, out AttributeValue? value))
        {
            return value.Numbers!.Value.ToIntegers();
        }

        return KnownOperand(name)?.ToIntegers();
    }

    private Tensor? KnownOperand(string name)
    {
        int place = row.Operands.ToList().FindIndex(operand => operand.Name == name);
        return place >= 0 && Optional(place) is { } node ? known(node) : null;
    }

    /// <summary>A list that must be given, as an attribute or an operand.</summary>
    public long[] RequiredInts(string name) => Ints(name)
        ?? throw new InvalidOperandException($"{name} is missing: give it as an operand or an attribute");

    /// <summary>A static number, or <paramref name="fallback"/> if it is not given.</summary>
    public long Static(string name, long fallback) => Ints(name) switch
    {
        null => fallback,
        [long value] => value,
        long[] other => throw new InvalidOperandException($"{name} has {other.Length} elements, expected one number"),
    };

    /// <summary>A static number that must be given.</summary>
    public long RequiredStatic(string name)
    {
        RequiredInts(name);
        return Static(name, 0);
    }

    /// <summary>The result of another operator for a value, with numbers for its attributes and its defaults for the others.</summary>
    public Node Apply(string operation, Node x, IReadOnlyDictionary<string, double> numbers)
    {
        Operator other = OperatorTable.Find(operation)!;
        var given = other.Attributes.Where(spec => spec.Default is not null || numbers.ContainsKey(spec.Name)).ToDictionary(
            spec => spec.Name, spec => numbers.TryGetValue(spec.Name, out double number) ? number : spec.Default!);
        return other.Build(new OperatorCall(b, other, [x], given, 1, known, defaultDType, named))[0];
    }

    /// <summary>A long that must fit an extent or axis.</summary>
    public static int ToInt(string name, long value) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new InvalidOperandException($"{name} is {value}, which is out of range");
}

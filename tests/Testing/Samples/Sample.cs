using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;

namespace Backprop.Testing.Samples;

/// <summary>A call of one operator with values for its operands, away from the kinks of the function.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Form">Distinguishes the samples of one operator.</param>
/// <param name="Arguments">The operands.</param>
/// <param name="Attributes">The attributes.</param>
internal sealed record Sample(string Operator, string Form, IReadOnlyList<Argument> Arguments, IReadOnlyDictionary<string, AttributeValue> Attributes)
{
    public IReadOnlyList<string> Outputs { get; init; } = ["y"];

    /// <summary>Nodes to which the attributes refer.</summary>
    public IReadOnlyList<NodeDefinition> Beside { get; init; } = [];

    /// <summary>False where rounding to float32 inside the call makes finite differences meaningless.</summary>
    public bool IsSmooth { get; init; } = true;

    public Operator Row => OperatorTable.Find(Operator)!;

    /// <summary>The inputs of the graph and their values.</summary>
    public IReadOnlyDictionary<string, Literal> Inputs => Arguments
        .Select((argument, i) => (Name: $"x{i}", argument.Input))
        .Where(input => input.Input is not null)
        .ToDictionary(input => input.Name, input => new Literal(input.Input!));

    /// <summary>The graph of the one node.</summary>
    public GraphDefinition Definition => new(
        [.. Inputs.Select(input => new InputDefinition(input.Key, input.Value.Value.DType.IsFloat() ? null : input.Value.Value.DType))],
        [.. Arguments.Select((argument, i) => (i, argument.Constant)).Where(c => c.Constant is not null).Select(c => new ConstantDefinition($"x{c.i}", c.Constant!))],
        [.. Beside, new NodeDefinition(Operator, [.. Arguments.Select((argument, i) => argument.Operand($"x{i}"))], Attributes, Outputs)],
        [.. Outputs.Where(output => output.Length > 0)]);

    /// <summary>The inputs that may differ between points: those that decide no shape.</summary>
    public IEnumerable<string> Batchable => Arguments
        .Select((argument, i) => (Name: $"x{i}", argument.Input, Static: Row.OperandAt(i) is { Static: true } or { Known: true }))
        .Where(input => input.Input is not null && !input.Static)
        .Select(input => input.Name);

    /// <summary>The shape of an operand.</summary>
    public Shape ShapeOf(int place) => place < Arguments.Count ? Arguments[place].Input?.Shape ?? Arguments[place].Constant?.Value.Shape ?? Shape.Scalar : Shape.Scalar;

    /// <summary>Whether an operand is given.</summary>
    public bool Has(int place) => place < Arguments.Count && Arguments[place] != Argument.Omitted;

    /// <summary>An attribute, or its default.</summary>
    public int Int(string name, int otherwise) => Attributes.TryGetValue(name, out AttributeValue? value) ? (int)value.Numbers!.Value[0] : otherwise;

    /// <summary>An axis of the first operand, counted from the front.</summary>
    public int Axis(string name, int otherwise) => Int(name, otherwise) is var axis && axis < 0 ? axis + ShapeOf(0).Rank : axis;

    /// <summary>A text attribute, or its default.</summary>
    public string Text(string name, string otherwise) => Attributes.TryGetValue(name, out AttributeValue? value) ? value.Texts![0] : otherwise;

    public override string ToString() => $"{Operator} {Form}";
}

/// <summary>An operand: an input with its value, a constant, a number, or nothing.</summary>
internal sealed record Argument(Tensor? Input, Literal? Constant = null, Literal? Number = null)
{
    public static Argument Omitted { get; } = new((Tensor?)null);

    /// <summary>A constant of a stated type.</summary>
    public static Argument Of(Tensor constant) => new(null, new Literal(constant, constant.DType));

    public static implicit operator Argument(Tensor input) => new(input);

    public static implicit operator Argument(double number) => new(null, null, Literal.Of(number));

    public static implicit operator Argument(long number) => new(null, null, Literal.Of(number));

    public static implicit operator Argument(long[] constant) => new(null, Literal.Of(constant));

    public Operand Operand(string name) => Input is not null || Constant is not null ? name : Number is not null ? Number : Domain.Graphs.Operand.Omitted;
}

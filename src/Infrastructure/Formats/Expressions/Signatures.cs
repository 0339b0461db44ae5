using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The signatures of functions that apply one operator, by the operator table.</summary>
internal static class Signatures
{
    /// <summary>The signature of an operator called under its own name: all operands, all attributes.</summary>
    public static string Of(string op) => OperatorTable.Find(op) is not { } row ? "*x"
        : Joined(row.Operands.Select(Operand), row.Attributes.Select(Keyword), Output(row));

    /// <summary>The signature with this many operands and only these attributes.</summary>
    public static string Of(string op, int operands, IEnumerable<string> attributes)
    {
        Operator? row = OperatorTable.Find(op);
        IEnumerable<string> names = row is null || row.Operands.Length < operands
            ? Enumerable.Range(1, operands).Select(i => $"x{i}")
            : row.Operands.Take(operands).Select(operand => operand.Name.ToLowerInvariant());
        return Joined(names, attributes.Select(name => row?.Attributes.FirstOrDefault(spec => spec.Name == name) is { } spec
            ? Keyword(spec)
            : $"{name}="));
    }

    /// <summary>The signature with this many operands, these keywords first and then the other attributes.</summary>
    public static string Numbered(string op, int operands, IReadOnlyList<string> first)
    {
        IEnumerable<string> others = OperatorTable.Find(op)?.Attributes.Select(spec => spec.Name).Except(first) ?? [];
        return operands == int.MaxValue
            ? Joined(["*x"], [Of(op, 0, first.Concat(others))])
            : Of(op, operands, first.Concat(others));
    }

    /// <summary>The signature of a normalization, whose scale and bias may be omitted if <paramref name="least"/> is 0.</summary>
    public static string Normalization(string op, int least) =>
        Joined([least == 0 ? "x, scale?, bias?" : "x, scale, bias"], [Of(op, 0, ["axis", "epsilon"])]);

    private static string Operand(OperandSpec operand) =>
        operand.Variadic ? $"*{operand.Name}" : operand.Optional ? $"{operand.Name}?" : operand.Name;

    private static string Keyword(AttributeSpec spec) =>
        $"{spec.Name}={(spec.Default is { } value ? Text(value) : spec.Required ? string.Empty : "None")}";

    private static IEnumerable<string> Output(Operator row) =>
        row.Outputs.Length > 1 || row.Outputs[0].EndsWith('*') ? [$"{Call.OutputKeyword}='{row.Outputs[0].TrimEnd('*')}'"] : [];

    private static string Text(AttributeValue value)
    {
        string[] items = value.Texts is { } texts
            ? [.. texts.Select(text => $"'{text}'")]
            : [.. Enumerable.Range(0, value.Numbers!.Value.Count).Select(i => value.Numbers.Value[i].ToString(CultureInfo.InvariantCulture))];
        return value.IsList ? $"({string.Join(",", items)})" : items[0];
    }

    private static string Joined(params IEnumerable<string>[] parts) =>
        string.Join(", ", parts.SelectMany(part => part).Where(item => item.Length > 0));
}

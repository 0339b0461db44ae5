using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Infrastructure.Formats.Expressions;

namespace Backprop.Infrastructure.Tests.Expressions;

/// <summary>A parsed expression as one line per node: <c>z = Mul(w, 2.0)</c>, so that tests are readable.</summary>
internal static class Written
{
    private static readonly string[] Operators = ["Add", "Sub", "LayerNormalization", "ReduceSum", "Concat", "And", "Pad", "GatherND", "Range", "Max", "Sum"];

    public static ExpressionParser Parser { get; } = new(Operators);

    public static GraphDefinition Parse(string text) => Parser.Parse(text);

    public static string Nodes(string text) => string.Join("; ", Parse(text).Nodes.Select(Node));

    public static GraphException Failure(string text) => Shouldly.Should.Throw<GraphException>(() => Parse(text));

    private static string Node(NodeDefinition node)
    {
        IEnumerable<string> attributes = node.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={Value(a.Value)}");
        return $"{string.Join(", ", node.Outputs)} = {node.Op}({string.Join(", ", node.Inputs.Select(Operand).Concat(attributes))})";
    }

    private static string Operand(Operand operand) =>
        operand.IsOmitted ? "_" : operand.Number is { } number ? Number(number.Value, 0) : operand.Name!;

    private static string Value(AttributeValue value)
    {
        string[] items = value.Texts?.Select(text => $"'{text}'").ToArray()
            ?? [.. Enumerable.Range(0, value.Numbers!.Value.Count).Select(i => Number(value.Numbers.Value, i))];
        return value.IsList ? $"[{string.Join(",", items)}]" : items.ShouldHaveSingle();
    }

    // float64 is marked by a point, an exponent or both.
    private static string Number(Tensor tensor, int at)
    {
        if (tensor.DType == DType.Int64)
        {
            return tensor.Values<long>()[at].ToString(CultureInfo.InvariantCulture);
        }

        string text = tensor.Values<double>()[at].ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static string ShouldHaveSingle(this string[] items) => items.Length == 1 ? items[0] : throw new InvalidOperationException("no scalar");
}

using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>
/// The array written as a bracketed list: a constant if it contains only numbers, otherwise its items stacked along a new first axis.
/// </summary>
internal static class ArrayLiteral
{
    /// <summary>The list of these items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="word">The closing bracket.</param>
    /// <param name="graph">Where the nodes are added.</param>
    public static Operand Of(Operand[] items, Token<TokenKind> word, DefinitionBuilder graph)
    {
        if (!items.All(item => item.Number is not null))
        {
            return graph.Add("Concat", [.. items.Select(item => Row(item, graph))], new Dictionary<string, AttributeValue> { ["axis"] = 0L });
        }

        Tensor[] rows = [.. items.Select(item => item.Number!.Value)];
        return rows.All(row => row.Shape.Equals(rows[0].Shape))
            ? new Literal(Stacked(rows))
            : throw word.Error("the items of a list must have equal lengths");
    }

    /// <summary>The tuple of these items: the extents of a shape, or axes.</summary>
    public static Operand Tuple(Operand[] items, Token<TokenKind> word, DefinitionBuilder graph) =>
        items.All(item => item.Number is { Value: { DType: DType.Int64, Shape.Rank: 0 } })
            ? Of(items, word, graph)
            : throw word.Error("a tuple contains whole numbers, such as a shape (2, 3); write a list to stack values: [a, b]");

    // A number next to operands: numbers keep their open type.
    private static Operand Row(Operand item, DefinitionBuilder graph) => item.Number is { } number
        ? new Literal(Stacked([number.Value]))
        : graph.Add("Unsqueeze", [item], new Dictionary<string, AttributeValue> { ["axes"] = new long[] { 0 } });

    private static Tensor Stacked(Tensor[] rows)
    {
        Shape shape = Shape.Of([rows.Length, .. rows[0].Shape.Dims]);
        return rows.All(row => row.DType == DType.Int64)
            ? Tensor.Of(rows.SelectMany(row => row.Values<long>().ToArray()).ToArray(), shape)
            : Tensor.Of(rows.SelectMany(row => Enumerable.Range(0, row.Count).Select(i => row[i])).ToArray(), shape);
    }
}

using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>
/// The derivative as an operator (ai.onnx.preview.training 1). Its attributes name values of the graph: those between <c>xs</c>, <c>zs</c> and
/// <c>y</c> are computed again from the operands, which replace the xs and then the zs, and differentiated.
/// </summary>
internal static class GradientRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        RowSyntax.Rows("Gradient", "inputs:A*'", "xs:strings! zs:strings y:string!", "dx*",
            "by its definition: the derivative of y with respect to xs, differentiated again",
            "those of y from xs and zs, forward and backward", Gradient),
    ];

    // A y of several elements is summed.
    private static Node[] Gradient(OperatorCall c)
    {
        GraphBuilder b = c.B;
        IReadOnlyList<string> xs = c.Texts("xs")!;
        Node y = c.Named(c.Text("y"));
        Node[] sources = [.. xs.Concat(c.Texts("zs") ?? []).Select(c.Named)];
        if (c.Given != sources.Length)
        {
            throw new InvalidOperandException($"{c.Given} operands are given for {sources.Length} values in xs and zs");
        }

        Node[] operands = [.. sources.Select((source, i) => b.Unary(Elementwise.IdentityOp, Operand(c, i, source)))];
        if (c.Outputs > xs.Count || !y.DType.IsFloat() || xs.Where((_, i) => !operands[i].DType.IsFloat()).Any())
        {
            throw new InvalidOperandException("expected one result for each of xs, and floats as xs and y");
        }

        (Node again, IReadOnlyList<Node> nodes) = Subgraph.Again(b, y, sources, operands);
        Origin origin = b.Origin;
        var cotangents = new Dictionary<Node, Node> { [again] = b.Full(again.Type, 1) };
        Node?[] gradients = ReverseMode.Pullback(b, nodes, cotangents, operands[..xs.Count], b.Cancellation);
        b.Origin = origin;
        return [.. gradients.Select((gradient, i) => gradient ?? b.Full(operands[i].Type, 0))];
    }

    private static Node Operand(OperatorCall c, int place, Node source) => c[place].Type == source.Type
        ? c[place]
        : throw new InvalidOperandException($"the operand is {c[place].Type}, the value that it replaces is {source.Type}", place);
}

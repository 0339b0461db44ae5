using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>Linear algebra.</summary>
internal static class ProductRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("MatMul", "a:N b:N", "", "a: g·bᵀ; b: aᵀ·g", "2·m·n·k", c => c.B.MatMul(c[0], c[1])),
        Row("Gemm", "a:N b:N c:N?", "alpha:float=1.0 beta:float=1.0 transA:int=0 transB:int=0", "a: alpha·g·bᵀ; b: alpha·aᵀ·g; c: beta·g",
            "2·m·n·k, + m·n for alpha other than 1, + m·n for c, + elements of c for beta other than 1", Gemm),
        Row("Einsum", "x:N*", "equation:string!", "each operand: the einsum of g with the others",
            "2 × extent of all indices of a pair, for each pair; elements of what is summed separately",
            c => new EinsumBuilding(c.B).Build(c.Text("equation"), c.Inputs)),
        Row("Det", "X:F", "", "g·adjugate(x)ᵀ", "for each matrix 3 (2 × 2) or 14 (3 × 3); beyond, 2n² + 3(n-1)² + 8(n-1) + 10 for each n from 4 on",
            DeterminantBuilding.Det),
    ];

    private static Node Gemm(OperatorCall c)
    {
        GraphBuilder b = c.B;
        if (c[0].Shape.Rank != 2 || c[1].Shape.Rank != 2)
        {
            throw new InvalidOperandException($"shapes {c[0].Shape} and {c[1].Shape}: Gemm takes matrices");
        }

        Node left = c.Flag("transA") ? b.SwapLast(c[0]) : c[0];
        Node right = c.Flag("transB") ? b.SwapLast(c[1]) : c[1];
        Node y = Scaled(b, b.MatMul(left, right), c.Number("alpha"));
        if (c.Optional(2) is not { } bias)
        {
            return y;
        }

        return Shape.Broadcast(y.Shape, bias.Shape)?.Equals(y.Shape) == true
            ? b.Add(y, Scaled(b, bias, c.Number("beta")))
            : throw new InvalidOperandException($"c of shape {bias.Shape} does not broadcast to {y.Shape}", 2);
    }

    private static Node Scaled(GraphBuilder b, Node x, double factor) => factor == 1 ? x : b.Times(x, factor);
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>The matrix product, the basis of all linear algebra.</summary>
public static class LinearAlgebra
{
    /// <summary>X·Y over the last two axes, both of rank at least two: the transposes are G·Yᵀ and Xᵀ·G.</summary>
    public static Primitive MatMulOp { get; } = new("MatMul", Derivative.Multilinear((b, n, g, i) => i == 0
        ? b.MatMul(g, b.SwapLast(n.Inputs[1]))
        : Right(b, n, g)), Batch, n => 2 * n.Type.Count * n.Inputs[0].Shape[^1])
    { IsContraction = true };

    // One matrix shared by many: the sum over all of them is itself a product, with the operands stacked.
    private static Node Right(GraphBuilder b, Node node, Node g)
    {
        (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
        bool shared = y.Shape.Rank == 2 && x.Shape.Rank > 2;
        return b.MatMul(b.SwapLast(shared ? Stacked(b, x) : x), shared ? Stacked(b, g) : g);
    }

    private static Node Stacked(GraphBuilder b, Node x) =>
        b.Reshape(x, Shape.Of((int)x.Shape.CountOf(0, x.Shape.Rank - 1), x.Shape[^1]));

    private static Node Batch(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) => b.MatMul(
        batched[0] ? AlignRank(b, inputs[0], node.Shape.Rank + 1) : inputs[0],
        batched[1] ? AlignRank(b, inputs[1], node.Shape.Rank + 1) : inputs[1]);
}

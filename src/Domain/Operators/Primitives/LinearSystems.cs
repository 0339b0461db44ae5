using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.Primitives.PrimitiveRows;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>
/// Linear systems and determinants, by LU factorization with partial pivoting. Derivatives: Giles, Collected matrix derivative results for forward
/// and reverse mode algorithmic differentiation, 2008, sections 2.2.2 and 2.3.
/// </summary>
public static class LinearSystems
{
    /// <summary>X = A⁻¹·B: dX = A⁻¹·(dB − dA·X).</summary>
    public static Primitive SolveOp { get; } = new("Solve", new Derivative(
        (b, n, g, i) => Transposed(b, n, i, b.Solve(b.SwapLast(n.Inputs[0]), g)),
        (b, n, t) => b.Solve(n.Inputs[0], Residual(b, n, t[0], t[1]))), Batch, n =>
            Systems(n) * (Elimination(Size(n)) + (2 * Size(n) * Size(n) * n.Shape[^1])));

    /// <summary>X = T⁻¹·B, where T is a triangle of A: the rest of A is not read and has a zero cotangent.</summary>
    public static Primitive TriangularSolveOp { get; } = new("TriangularSolve", new Derivative(
        (b, n, g, i) =>
        {
            Node back = Transposed(b, n, i, b.TriangularSolve(b.SwapLast(n.Inputs[0]), g, !n.Flag("lower"), n.Flag("unit_diagonal")));
            return i == 0 ? Triangle(b, n, back) : back;
        },
        (b, n, t) => b.TriangularSolve(n.Inputs[0], Residual(b, n, t[0] is { } d ? Triangle(b, n, d) : null, t[1]), n.Flag("lower"),
            n.Flag("unit_diagonal"))),
        Batch, n => Systems(n) * Size(n) * Size(n) * n.Shape[^1]);

    /// <summary>ln |det A|: the derivative is A⁻ᵀ.</summary>
    public static Primitive LogAbsDetOp { get; } = new("LogAbsDet", new Derivative(
        (b, n, g, _) => b.Mul(b.Reshape(g, Shape.Of([.. g.Shape.Dims, 1, 1])), InverseTranspose(b, n.Inputs[0])),
        (b, n, t) => t[0] is { } d ? b.ReduceSum(b.Mul(InverseTranspose(b, n.Inputs[0]), d), [-2, -1], false) : null),
        BatchLeading, n => n.Type.Count * (Elimination(Size(n)) + (3 * Size(n))));

    /// <summary>The sign of det A, 0 if it is singular.</summary>
    public static Primitive DetSignOp { get; } = new("DetSign", Derivative.Zero, BatchLeading, n => n.Type.Count * (Elimination(Size(n)) + Size(n)));

    /// <summary>The divisions, products and differences of an LU factorization of n × n.</summary>
    public static long Elimination(long n) => (n * (n - 1) / 2) + (n * (n - 1) * ((2 * n) - 1) / 3);

    /// <summary>A batched node whose axes before the last two are batch axes, too.</summary>
    internal static Node BatchLeading(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size) =>
        b.Make(node.Op, new TensorType(node.DType, Prepend(size, node.Shape)), inputs, node.Attributes);

    private static long Size(Node node) => node.Inputs[0].Shape[^1];

    private static long Systems(Node node) => node.Shape.CountOf(0, node.Shape.Rank - 2);

    // For the cotangent of B: itself, and −(A⁻ᵀ·G)·Xᵀ for A.
    private static Node Transposed(GraphBuilder b, Node node, int operand, Node right) =>
        operand == 1 ? right : b.Neg(b.MatMul(right, b.SwapLast(node)));

    private static Node Residual(GraphBuilder b, Node node, Node? a, Node? right)
    {
        if (a is null)
        {
            return right ?? b.Full(node.Type, 0);
        }

        Node product = b.MatMul(a, node);
        return right is null ? b.Neg(product) : b.Sub(right, product);
    }

    private static Node Triangle(GraphBuilder b, Node node, Node x)
    {
        int from = node.Flag("unit_diagonal") ? 1 : 0;
        return node.Flag("lower") ? b.Tril(x, -from) : b.Triu(x, from);
    }

    private static Node InverseTranspose(GraphBuilder b, Node a) => b.Solve(b.SwapLast(a), b.Identity(a));

    // One matrix for all points: their right-hand sides are joined side by side.
    private static Node Batch(GraphBuilder b, Node node, Node[] inputs, bool[] batched, int size)
    {
        if (batched[0] || node.Shape.Rank > 2)
        {
            return BatchLeading(b, node, [.. inputs.Select((x, i) => Materialize(b, x, batched[i], size))], batched, size);
        }

        (int rows, int columns) = (node.Shape[0], node.Shape[1]);
        Node wide = b.Reshape(b.MoveAxis(inputs[1], 0, 1), Extents.ToShape([rows, (long)size * columns]));
        Node x = b.Make(node.Op, wide.Type, [inputs[0], wide], node.Attributes);
        return b.MoveAxis(b.Reshape(x, Shape.Of(rows, size, columns)), 1, 0);
    }
}

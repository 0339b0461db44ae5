using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Graphs.Building.FactorizationBuilding;
using static Backprop.Domain.Operators.Primitives.LinearSystems;

namespace Backprop.Domain.Operators.Primitives;

/// <summary>Factorizations and functions of matrices. Several factors are packed into one value, stacked.</summary>
public static class Factorizations
{
    /// <summary>
    /// A = L·Lᵀ: dL = L·Φ(L⁻¹·dA·L⁻ᵀ), where Φ takes the lower triangle with half of the diagonal. Source: Murray, Differentiation of the Cholesky
    /// decomposition, 2016, eq. 8 and 10.
    /// </summary>
    public static Primitive CholeskyOp { get; } = new("Cholesky", new Derivative(
        (b, n, g, _) => FromLeft(b, n, b.SwapLast(FromLeft(b, n, b.SwapLast(HalfLower(b, b.MatMul(b.SwapLast(n), g))), true)), true),
        (b, n, t) => t[0] is { } d ? b.MatMul(n, HalfLower(b, FromLeft(b, n, b.SwapLast(FromLeft(b, n, b.SwapLast(d), false)), false))) : null),
        BatchLeading, n => Matrices(n) * Columns(n) * (Columns(n) + 1) * ((2 * Columns(n)) + 1) / 6);

    /// <summary>A = Q·R with m ≥ n.</summary>
    public static Primitive QROp { get; } = new("PackedQR", FactorDerivatives.QR, BatchLeading, n =>
        Matrices(n) * Enumerable.Range(0, (int)Columns(n)).Sum(j => 8 * (n.Inputs[0].Shape[^2] - (long)j) * (Columns(n) - j)));

    /// <summary>A = V·diag(λ)·Vᵀ of a symmetric A. About 9n³ operations (Golub and Van Loan, Matrix computations, 8.3).</summary>
    public static Primitive EighOp { get; } = new("PackedEigh", FactorDerivatives.Eigh, BatchLeading, n =>
        Matrices(n) * 9 * Columns(n) * Columns(n) * Columns(n));

    /// <summary>Eigenvalues of a symmetric matrix. About 4n³ operations.</summary>
    public static Primitive EigvalshOp { get; } = new("Eigvalsh", FactorDerivatives.Eigvalsh, BatchLeading, n =>
        Matrices(n) * 4 * Columns(n) * Columns(n) * Columns(n));

    /// <summary>Singular values. About 4m·n² operations with m ≥ n.</summary>
    public static Primitive SvdvalsOp { get; } = new("Svdvals", FactorDerivatives.Svdvals, BatchLeading, n =>
        4 * n.Inputs[0].Type.Count * Math.Min(n.Inputs[0].Shape[^1], n.Inputs[0].Shape[^2]));

    /// <summary>A = U·diag(s)·Vᵀ with m ≥ n. About 14m·n² + 8n³ operations (Golub and Van Loan, Matrix computations, 8.6).</summary>
    public static Primitive SVDOp { get; } = new("PackedSVD", FactorDerivatives.SVD, BatchLeading, Decomposition);

    /// <summary>
    /// The Moore–Penrose inverse P where the rank does not change: dP = −P·dA·P + P·Pᵀ·dAᵀ·(I − A·P) + (I − P·A)·dAᵀ·Pᵀ·P. Source: Golub and Pereyra,
    /// The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate, 1973, eq. 4.12.
    /// </summary>
    public static Primitive PinvOp { get; } = new("Pinv", new Derivative(
        (b, n, g, _) => PseudoInverse(b, n.Inputs[0], n, b.SwapLast(g), isTransposed: true),
        (b, n, t) => t[0] is { } d ? PseudoInverse(b, n.Inputs[0], n, d, isTransposed: false) : null), BatchLeading, n =>
        Decomposition(n) + (2 * n.Type.Count * Math.Min(n.Shape[^1], n.Shape[^2])));

    /// <summary>
    /// e^A. Its derivative along D is the block above the diagonal in the exponential of [[A, D], [0, A]]; the transpose is that of Aᵀ along G.
    /// Source: Najfeld and Havel, Derivatives of the matrix exponential and their computation, 1995; Al-Mohy and Higham, Computing the Fréchet
    /// derivative of the matrix exponential, 2009. About 28n³ operations: the products and the system of a Padé approximant, and some squarings.
    /// </summary>
    public static Primitive ExpmOp { get; } = new("Expm", new Derivative(
        (b, n, g, _) => Exponential(b, b.SwapLast(n.Inputs[0]), g),
        (b, n, t) => t[0] is { } d ? Exponential(b, n.Inputs[0], d) : null), BatchLeading, n =>
            Matrices(n) * 28 * Columns(n) * Columns(n) * Columns(n));

    private static long Matrices(Node node) => node.Inputs[0].Shape.CountOf(0, node.Inputs[0].Shape.Rank - 2);

    private static long Columns(Node node) => node.Inputs[0].Shape[^1];

    private static long Decomposition(Node node)
    {
        (long m, long n) = (node.Inputs[0].Shape[^2], node.Inputs[0].Shape[^1]);
        (m, n) = (Math.Max(m, n), Math.Min(m, n));
        return Matrices(node) * ((14 * m * n * n) + (8 * n * n * n));
    }

    // L⁻¹·X or L⁻ᵀ·X.
    private static Node FromLeft(GraphBuilder b, Node l, Node x, bool isTransposed) =>
        isTransposed ? b.TriangularSolve(b.SwapLast(l), x, false, false) : b.TriangularSolve(l, x, true, false);

    private static Node HalfLower(GraphBuilder b, Node x) => b.Times(b.Add(b.Tril(x), b.Tril(x, -1)), 0.5);

    // One formula for both directions: applied to the transposed cotangent, it gives the transpose of the operand's cotangent.
    private static Node PseudoInverse(GraphBuilder b, Node a, Node p, Node d, bool isTransposed)
    {
        Node dt = b.SwapLast(d), pt = b.SwapLast(p);
        if (isTransposed)
        {
            // Of ⟨G, dP⟩: −Pᵀ·G·Pᵀ + (I − A·P)·Gᵀ·P·Pᵀ + Pᵀ·P·Gᵀ·(I − P·A); d is Gᵀ here.
            Node first = b.MatMul(b.MatMul(pt, dt), pt), onLeft = b.MatMul(b.MatMul(d, p), pt), onRight = b.MatMul(b.MatMul(pt, p), d);
            return b.Add(b.Sub(b.Sub(onLeft, b.MatMul(a, b.MatMul(p, onLeft))), first), b.Sub(onRight, b.MatMul(b.MatMul(onRight, p), a)));
        }

        Node inner = b.MatMul(b.MatMul(p, d), p), left = b.MatMul(b.MatMul(p, pt), dt), right = b.MatMul(b.MatMul(dt, pt), p);
        return b.Add(b.Sub(b.Sub(left, b.MatMul(b.MatMul(left, a), p)), inner), b.Sub(right, b.MatMul(p, b.MatMul(a, right))));
    }

    // The direction is scaled to the size of 1, so that it does not decide how often A must be halved.
    private static Node Exponential(GraphBuilder b, Node a, Node direction)
    {
        int axis = a.Shape.Rank - 2, n = a.Shape[^1];
        if (n == 0)
        {
            return direction;
        }

        Node largest = b.Unary(Elementwise.StopGradientOp, b.Reduce(Reductions.ReduceMaxOp, b.Abs(direction), [axis, axis + 1], true));
        Node size = b.Where(b.Equal(largest, b.Scalar(0, a.DType)), b.Scalar(1, a.DType), largest);
        Node above = b.Concat([a, b.Div(direction, size)], axis + 1), below = b.Concat([b.Full(a.Type, 0), a], axis + 1);
        Node whole = b.Expm(b.Concat([above, below], axis));
        return b.Mul(size, b.SliceAxis(b.TakeRows(whole, 0, n), axis + 1, n, n));
    }
}

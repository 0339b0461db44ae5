using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>
/// Systems, factorizations and functions of the matrices in the last two axes. A matrix without an inverse or factor gives NaN, only for that matrix.
/// Of matrices that must be symmetric, the symmetric part is read.
/// </summary>
internal static class MatrixRows
{
    private const string Elimination = "for each matrix n(n-1)/2 + n(n-1)(2n-1)/3";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Solve", "A:F B:F", "", "B: A⁻ᵀ·g; A: -A⁻ᵀ·g·yᵀ", $"{Elimination} + 2n² for each right-hand side", c => c.B.Solve(c[0], c[1])),
        Row("TriangularSolve", "A:F B:F", "lower:int=1 transpose:int=0 unit_diagonal:int=0", "B: A⁻ᵀ·g; A: the triangle of -A⁻ᵀ·g·yᵀ",
            "n² for each right-hand side", TriangularSolve),
        Row("Inverse", "A:F", "", "-yᵀ·g·yᵀ", $"{Elimination} + 2n³", c => Inverse(c.B, c.X)),
        RowSyntax.Rows("Slogdet", "A:F", "", "sign logabsdet", "logabsdet: g·A⁻ᵀ; sign: zero",
            $"{Elimination} + n for the sign, and as many + 3n for the logarithm",
            c => [c.B.DetSign(c.X), c.B.LogAbsDet(c.X)]),
        Row("Cholesky", "A:F", "upper:int=0", "L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, symmetrized", "for each matrix n(n+1)(2n+1)/6 + 2n²", Cholesky),
        RowSyntax.Rows("QR", "A:F", "", "Q R", "(gQ + Q·copyltu(R·gRᵀ - gQᵀ·Q))·R⁻ᵀ",
            "for each matrix the sum over j < n of 8(m-j)(n-j); 2m for each further element of a wide R", QR),
        RowSyntax.Rows("Eigh", "A:F", "", "eigenvalues eigenvectors", "V·(diag(gλ) + K/(λⱼ-λᵢ))·Vᵀ, where K is half of Vᵀ·gV minus its transpose",
            "for each matrix 2n², + 4n³ for the values, + 9n³ for the vectors",
            c =>
            {
                Node a = c.B.Symmetrized(c.X);
                return [c.B.Eigvalsh(a), c.B.TakeRows(c.B.Eigh(a), 1, a.Shape[^1])];
            }),
        Row("Eigvalsh", "A:F", "", "V·diag(g)·Vᵀ", "for each matrix 4n³ + 2n²", c => c.B.Eigvalsh(c.B.Symmetrized(c.X))),
        Row("Svdvals", "A:F", "", "U·diag(g)·Vh", "for each matrix 4mn² with m ≥ n", c => c.B.Svdvals(c.X)),
        RowSyntax.Rows("SVD", "A:F", "", "U S Vh", "U·diag(gS)·Vh, and the rotations of the vectors over differences of squares of S",
            "for each matrix, with m ≥ n, 4mn² for the values, + 14mn² + 8n³ for the vectors", SVD),
        Row("Pinv", "A:F", "rcond:float", "-yᵀ·g·yᵀ + (I-A·y)·gᵀ·y·yᵀ + yᵀ·y·gᵀ·(I-y·A)", "for each matrix 14mn² + 8n³ + 2mn² with m ≥ n",
            c => c.B.Pinv(c.X, c.OptionalNumber("rcond") ?? Threshold(c.X))),
        Row("LogAbsDet", "A:F", "", "g·A⁻ᵀ", $"{Elimination} + 3n", c => c.B.LogAbsDet(c.X)),
        Row("DetSign", "A:F", "", "zero: piecewise constant", $"{Elimination} + n", c => c.B.DetSign(c.X)),
        Row("PackedQR", "A:F", "", "that of QR, of g cut in two", "for each matrix the sum over j < n of 8(m-j)(n-j)", c => c.B.QR(c.X)),
        Row("PackedEigh", "A:F", "", "that of Eigh, of g cut in two", "for each matrix 9n³", c => c.B.Eigh(c.X)),
        Row("PackedSVD", "A:F", "", "that of SVD, of g cut in three", "for each matrix 14mn² + 8n³", c => c.B.SVD(c.X)),
        Row("Expm", "A:F", "", "the block above the diagonal of exp([[Aᵀ, g], [0, Aᵀ]])", "for each matrix 28n³", c => c.B.Expm(c.X)),
        Row("MatrixPower", "A:F", "n:int!", "that of the products",
            "2n³ for each product: log₂ of the exponent, and the ones in its binary form", Power),
    ];

    private static Node Inverse(GraphBuilder b, Node a)
    {
        FactorizationBuilding.RequireSquare(a);
        return b.Solve(a, b.Identity(a));
    }

    private static Node TriangularSolve(OperatorCall c)
    {
        bool isTransposed = c.Flag("transpose");
        FactorizationBuilding.RequireSquare(c.X);
        return c.B.TriangularSolve(isTransposed ? c.B.SwapLast(c.X) : c.X, c[1], c.Flag("lower") != isTransposed, c.Flag("unit_diagonal"));
    }

    private static Node Cholesky(OperatorCall c)
    {
        Node l = c.B.Cholesky(c.B.Symmetrized(c.X));
        return c.Flag("upper") ? c.B.SwapLast(l) : l;
    }

    // For a wide matrix, the first columns are factorized, and the others multiplied by Qᵀ (PyTorch).
    private static Node[] QR(OperatorCall c)
    {
        GraphBuilder b = c.B;
        FactorizationBuilding.RequireMatrix(c.X);
        (int m, int n, int axis) = (c.X.Shape[^2], c.X.Shape[^1], c.X.Shape.Rank - 1);
        int square = Math.Min(m, n);
        Node packed = b.QR(b.SliceAxis(c.X, axis, 0, square));
        Node q = b.TakeRows(packed, 0, m), r = b.TakeRows(packed, m, square);
        return n <= m ? [q, r] : [q, b.Concat([r, b.MatMul(b.SwapLast(q), b.SliceAxis(c.X, axis, m, n - m))], axis)];
    }

    private static Node[] SVD(OperatorCall c)
    {
        GraphBuilder b = c.B;
        FactorizationBuilding.RequireMatrix(c.X);
        bool isWide = c.X.Shape[^2] < c.X.Shape[^1];
        Node packed = b.SVD(isWide ? b.SwapLast(c.X) : c.X);
        (int n, int m) = (packed.Shape[^1], packed.Shape[^2] - packed.Shape[^1] - 1);
        Node u = b.TakeRows(packed, 0, m), s = b.Svdvals(c.X), v = b.TakeRows(packed, m + 1, n);
        return isWide ? [v, s, b.SwapLast(u)] : [u, s, b.SwapLast(v)];
    }

    // PyTorch's: the larger extent times the distance from 1 to the next number.
    private static double Threshold(Node a) =>
        a.Shape.Rank < 2 ? 0 : Math.Max(a.Shape[^1], a.Shape[^2]) * (a.DType == DType.Float32 ? 1.1920928955078125e-07 : 2.220446049250313e-16);

    private static Node Power(OperatorCall c)
    {
        GraphBuilder b = c.B;
        FactorizationBuilding.RequireSquare(c.X);
        int n = c.Int("n");
        Node square = n < 0 ? Inverse(b, c.X) : c.X;
        Node? product = null;
        for (long left = Math.Abs((long)n); left > 0; left /= 2)
        {
            if (left % 2 == 1)
            {
                product = product is null ? square : b.MatMul(product, square);
            }

            if (left > 1)
            {
                square = b.MatMul(square, square);
            }
        }

        return product ?? b.Identity(c.X);
    }
}

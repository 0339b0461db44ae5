using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Graphs.Building;

/// <summary>Factorizations of the matrices in the last two axes; all axes before are batch axes.</summary>
public static class FactorizationBuilding
{
    /// <summary>The most rows and columns: beyond this, one factorization would take minutes.</summary>
    public const int MostRows = 2048;

    /// <summary>Half the sum of a matrix and its transpose: the symmetric part, which is read of a matrix that should be symmetric.</summary>
    public static Node Symmetrized(this GraphBuilder b, Node a)
    {
        RequireSquare(a);
        return b.Times(b.Add(a, b.SwapLast(a)), 0.5);
    }

    /// <summary>The lower factor L of a symmetric matrix L·Lᵀ; NaN if it is not positive definite.</summary>
    public static Node Cholesky(this GraphBuilder b, Node a) => b.OfSquare(Factorizations.CholeskyOp, a, shape => shape);

    /// <summary>Eigenvalues in ascending order, and below them the eigenvectors of a symmetric matrix as columns: [n + 1, n].</summary>
    public static Node Eigh(this GraphBuilder b, Node a) => b.OfSquare(Factorizations.EighOp, a, shape => Matrices(shape, shape[^1] + 1, shape[^1]));

    /// <summary>The eigenvalues of a symmetric matrix in ascending order.</summary>
    public static Node Eigvalsh(this GraphBuilder b, Node a) => b.OfSquare(Factorizations.EigvalshOp, a, shape => Shape.Of(shape.Dims[..^1]));

    /// <summary>The singular values in descending order.</summary>
    public static Node Svdvals(this GraphBuilder b, Node a)
    {
        RequireMatrix(a);
        return b.Make(Factorizations.SvdvalsOp, new TensorType(a.DType, Shape.Of([.. a.Shape.Dims[..^2], Math.Min(a.Shape[^1], a.Shape[^2])])), [a]);
    }

    /// <summary>e^A.</summary>
    public static Node Expm(this GraphBuilder b, Node a) => b.OfSquare(Factorizations.ExpmOp, a, shape => shape);

    /// <summary>ln |det A|.</summary>
    public static Node LogAbsDet(this GraphBuilder b, Node a) => b.OfSquare(LinearSystems.LogAbsDetOp, a, shape => Shape.Of(shape.Dims[..^2]));

    /// <summary>The sign of det A.</summary>
    public static Node DetSign(this GraphBuilder b, Node a) => b.OfSquare(LinearSystems.DetSignOp, a, shape => Shape.Of(shape.Dims[..^2]));

    /// <summary>Q above R, [m + n, n], of a matrix with m ≥ n; Q has orthonormal columns.</summary>
    public static Node QR(this GraphBuilder b, Node a) => b.OfTall(Factorizations.QROp, a, (m, n) => m + n);

    /// <summary>U above the singular values, in descending order, above V, [m + 1 + n, n], of a matrix with m ≥ n.</summary>
    public static Node SVD(this GraphBuilder b, Node a) => b.OfTall(Factorizations.SVDOp, a, (m, n) => m + 1 + n);

    /// <summary>The Moore–Penrose inverse; singular values up to <paramref name="rcond"/> times the largest count as 0.</summary>
    public static Node Pinv(this GraphBuilder b, Node a, double rcond)
    {
        RequireMatrix(a);
        return b.Make(
            Factorizations.PinvOp, new TensorType(a.DType, Matrices(a.Shape, a.Shape[^1], a.Shape[^2])), [a], new Dictionary<string,
                AttributeValue>
            { ["rcond"] = rcond });
    }

    /// <summary>X with A·X = B.</summary>
    public static Node Solve(this GraphBuilder b, Node a, Node right) => b.OfSystem(LinearSystems.SolveOp, a, right, NodeDefinition.NoAttributes);

    /// <summary>X with T·X = B, where T is the lower or upper triangle of A, with ones on its diagonal if <paramref name="unit"/>.</summary>
    public static Node TriangularSolve(this GraphBuilder b, Node a, Node right, bool lower, bool unit) =>
        b.OfSystem(LinearSystems.TriangularSolveOp, a, right, new Dictionary<string, AttributeValue>
        {
            ["lower"] = lower ? 1L : 0L,
            ["unit_diagonal"] = unit ? 1L : 0L,
        });

    /// <summary>Some rows of matrices.</summary>
    public static Node TakeRows(this GraphBuilder b, Node x, int start, int count) => b.SliceAxis(x, x.Shape.Rank - 2, start, count);

    /// <summary>The elements on the diagonals up to the <paramref name="last"/>-th (0: the main one, −1: below it), all others 0.</summary>
    public static Node Tril(this GraphBuilder b, Node x, int last = 0) =>
        b.Where(b.LessOrEqual(b.Diagonals(x), b.Scalar(last, DType.Int64)), x, b.Scalar(0, x.DType));

    /// <summary>The elements on the diagonals from the <paramref name="first"/>-th on, all others 0.</summary>
    public static Node Triu(this GraphBuilder b, Node x, int first = 0) =>
        b.Where(b.GreaterOrEqual(b.Diagonals(x), b.Scalar(first, DType.Int64)), x, b.Scalar(0, x.DType));

    /// <summary>Square matrices with the numbers of the last axis on their diagonal.</summary>
    public static Node DiagonalMatrix(this GraphBuilder b, Node x)
    {
        int n = x.Shape[^1];
        Node isDiagonal = b.Equal(b.Reshape(b.Iota(n), Shape.Of(n, 1)), b.Iota(n));
        return b.Where(isDiagonal, b.Reshape(x, Shape.Of([.. x.Shape.Dims, 1])), b.Scalar(0, x.DType));
    }

    /// <summary>Identity matrices with the shape of the given square ones.</summary>
    public static Node Identity(this GraphBuilder b, Node like)
    {
        int n = like.Shape[^1];
        Node one = b.Cast(b.Equal(b.Reshape(b.Iota(n), Shape.Of(n, 1)), b.Iota(n)), like.DType);
        return b.Expand(one, like.Shape);
    }

    /// <summary>The batch axes of a matrix, then rows and columns.</summary>
    public static Shape Matrices(Shape shape, int rows, int columns) => Shape.Of([.. shape.Dims[..^2], rows, columns]);

    /// <summary>Requires a square matrix.</summary>
    public static void RequireSquare(Node a)
    {
        RequireMatrix(a);
        if (a.Shape[^1] != a.Shape[^2])
        {
            throw new InvalidOperandException($"a value of shape {a.Shape}: square matrices are expected", 0);
        }
    }

    // The number of each element's diagonal.
    private static Node Diagonals(this GraphBuilder b, Node x)
    {
        (int rows, int columns) = (x.Shape[^2], x.Shape[^1]);
        return b.Sub(b.Iota(columns), b.Reshape(b.Iota(rows), Shape.Of(rows, 1)));
    }

    private static Node OfSquare(this GraphBuilder b, Primitive op, Node a, Func<Shape, Shape> shape)
    {
        RequireSquare(a);
        return b.Make(op, new TensorType(a.DType, shape(a.Shape)), [a]);
    }

    private static Node OfTall(this GraphBuilder b, Primitive op, Node a, Func<int, int, int> rows)
    {
        RequireMatrix(a);
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        return m >= n
            ? b.Make(op, new TensorType(a.DType, Matrices(a.Shape, rows(m, n), n)), [a])
            : throw new InvalidOperandException($"a value of shape {a.Shape}: matrices with at least as many rows as columns are expected", 0);
    }

    private static Node OfSystem(this GraphBuilder b, Primitive op, Node a, Node right, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        RequireSquare(a);
        int n = a.Shape[^1];
        bool isVector = right.Shape.Rank == 1;
        Node columns = isVector ? b.Reshape(right, Shape.Of([.. right.Shape.Dims, 1])) : right;
        if (columns.Shape.Rank < 2 || columns.Shape[^2] != n || right.DType != a.DType)
        {
            throw new InvalidOperandException($"right-hand side of type {right.Type} for {a.Type}: expected {n} rows or a vector of {n} elements", 1);
        }

        Shape lead = Shape.Broadcast(Shape.Of(a.Shape.Dims[..^2]), Shape.Of(columns.Shape.Dims[..^2]))
            ?? throw new InvalidOperandException($"{a.Shape} and {right.Shape}: the axes before the matrices do not broadcast", 1);
        Node left = b.Expand(a, Shape.Of([.. lead.Dims, n, n]));
        columns = b.Expand(columns, Shape.Of([.. lead.Dims, n, columns.Shape[^1]]));
        Node x = b.Make(op, columns.Type, [left, columns], attributes);
        return isVector ? b.Reshape(x, Shape.Of([.. lead.Dims, n])) : x;
    }

    /// <summary>Requires a float matrix that is not too large.</summary>
    public static void RequireMatrix(Node a)
    {
        if (a.Shape.Rank < 2 || a.Shape[^1] > MostRows || a.Shape[^2] > MostRows || !a.DType.IsFloat())
        {
            throw new InvalidOperandException(
                $"a value of type {a.Type}: matrices of floats with at most {MostRows} rows and columns are expected", 0);
        }
    }
}

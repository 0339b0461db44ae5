using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>
/// Determinants by elimination with complete pivoting down to 3 × 3, whose determinant is expanded. Nothing is thus divided by zero: if even the
/// largest element is 0, so is everything left, and so are the determinant and its first two derivatives. The gradient is the adjugate even of
/// singular matrices, for which g·det·A⁻ᵀ fails.
/// </summary>
internal static class DeterminantBuilding
{
    // Each row takes some thirty nodes.
    private const int MaxSize = 128;

    /// <summary>The determinants of the last two axes.</summary>
    public static Node Det(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Shape shape = c.X.Shape;
        if (shape.Rank < 2 || shape[^1] != shape[^2] || shape[^1] > MaxSize)
        {
            throw new InvalidOperandException($"a value of shape {shape}: square matrices of at most {MaxSize} rows are expected", 0);
        }

        int n = shape[^1];
        Node rest = b.Reshape(c.X, Extents.ToShape([shape.CountOf(0, shape.Rank - 2), n, n]));
        Node? product = null;
        for (; n > 3; n--)
        {
            (Node factor, rest) = Eliminated(b, rest, n);
            product = product is null ? factor : b.Mul(product, factor);
        }

        Node small = Small(b, rest, n);
        return b.Reshape(product is null ? small : b.Mul(product, small), Shape.Of(shape.Dims[..^2]));
    }

    // det A = ±p·det(A' − column·row/p), where p is the largest element and A' is A without its row and column.
    private static (Node Factor, Node Left) Eliminated(GraphBuilder b, Node a, int n)
    {
        (int count, int left) = (a.Shape[0], n - 1);
        Node flat = b.Reshape(a, Shape.Of(count, n * n)), size = b.Scalar(n, DType.Int64);
        Node place = b.ArgReduce(Reductions.ArgMaxOp, b.Abs(flat), 1, true, false);
        Node row = b.Div(place, size), start = b.Mul(row, size), column = b.Sub(place, start);
        Node rows = b.Mul(Others(row), size), columns = Others(column);

        Node pivot = b.GatherElements(flat, place, 1);
        Node inner = b.Reshape(At(b.Add(b.Reshape(rows, Shape.Of(count, left, 1)), b.Reshape(columns, Shape.Of(count, 1, left))), left * left),
            Shape.Of(count, left, left));
        Node below = b.Reshape(At(b.Add(rows, column), left), Shape.Of(count, left, 1));
        Node beside = At(b.Add(start, columns), left);
        Node safe = b.Where(b.Equal(pivot, b.Scalar(0, a.DType)), b.Scalar(1, a.DType), pivot);
        Node update = b.Mul(below, b.Reshape(b.Div(beside, safe), Shape.Of(count, 1, left)));

        Node odd = b.Cast(b.Mod(b.Add(row, column), b.Scalar(2, DType.Int64), false), a.DType);
        Node factor = b.Mul(b.Plus(b.Times(odd, -2), 1), pivot);
        return (b.Reshape(factor, Shape.Of(count)), b.Sub(inner, update));

        Node At(Node places, int each) => b.GatherElements(flat, b.Reshape(places, Shape.Of(count, each)), 1);

        // 0 … n − 1 without one of them, for each matrix.
        Node Others(Node without)
        {
            Node numbers = b.Iota(left);
            return b.Add(numbers, b.Cast(b.GreaterOrEqual(numbers, without), DType.Int64));
        }
    }

    private static Node Small(GraphBuilder b, Node a, int n)
    {
        int count = a.Shape[0];
        return n switch
        {
            0 => b.Full(new TensorType(a.DType, Shape.Of(count)), 1),
            1 => At(0, 0),
            2 => Minor(0, 1, 0, 1),
            _ => b.Add(b.Sub(b.Mul(At(0, 0), Minor(1, 2, 1, 2)), b.Mul(At(0, 1), Minor(1, 2, 0, 2))), b.Mul(At(0, 2), Minor(1, 2, 0, 1))),
        };

        Node Minor(int top, int bottom, int left, int right) =>
            b.Sub(b.Mul(At(top, left), At(bottom, right)), b.Mul(At(top, right), At(bottom, left)));

        Node At(int row, int column) => b.Reshape(b.Slice(a, [0, row, column], [1, 1, 1], Shape.Of(count, 1, 1)), Shape.Of(count));
    }
}

using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Matrices;

/// <summary>Products of tensors, and diagonals.</summary>
internal static class TensorProductRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Diagonal", "x:A", "offset:int=0 axis1:int=-2 axis2:int=-1", "1, put back among zeros", "0", c =>
            Diagonal(c.B, c.X, c.Int("offset"), c.Int("axis1"), c.Int("axis2"))),
        Row("Diag", "x:A", "offset:int=0", "1 in the diagonal", "0 of a matrix; rows + n of a vector, for the mask", Diag),
        Row("Kron", "a:N b:N", "", "a: the sum of g·b over each block; b: the sum of g·a over the blocks", "n", Kron),
        Row("Cross", "a:N b:N", "axis:int=-1", "a: b × g; b: g × a", "3n", Cross),
        Row("Tensordot", "a:N b:N", "axes:int=2 axes_a:ints axes_b:ints", "each operand: g contracted with the other",
            "2 × n × extent of the contracted axes", Tensordot),
        Row("MultiDot", "x:F*", "", "that of the products", "2 × rows × columns × inner extent of each product", MultiDot),
    ];

    // With the last two axes flattened into one, a strided slice.
    private static Node Diagonal(GraphBuilder b, Node x, int offset, int axis1, int axis2)
    {
        int rank = x.Shape.Rank;
        (axis1, axis2) = (ReductionBuilding.Axis(axis1, rank), ReductionBuilding.Axis(axis2, rank));
        if (axis1 == axis2)
        {
            throw new InvalidOperandException($"axis1 and axis2 are both {axis1}", 0);
        }

        int[] others = [.. Enumerable.Range(0, rank).Where(axis => axis != axis1 && axis != axis2)];
        Node matrices = b.Transpose(x, [.. others, axis1, axis2]);
        (int rows, int columns) = (matrices.Shape[^2], matrices.Shape[^1]);
        long row = Math.Max(0, -(long)offset), column = Math.Max(0, (long)offset);
        int count = (int)Math.Max(0, Math.Min(rows - row, columns - column));
        int[] lead = [.. others.Select(axis => x.Shape[axis])], starts = new int[lead.Length + 1], steps = LayoutBuilding.Ones(lead.Length + 1);
        (starts[^1], steps[^1]) = (count == 0 ? 0 : (int)((row * columns) + column), columns + 1);
        return b.Slice(b.Reshape(matrices, Extents.ToShape([.. lead.Select(extent => (long)extent), (long)rows * columns])), starts, steps,
            Shape.Of([.. lead, count]));
    }

    // A matrix from a vector, and the diagonal of a matrix.
    private static Node Diag(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int offset = c.Int("offset");
        if (c.X.Shape.Rank == 2)
        {
            return Diagonal(b, c.X, offset, 0, 1);
        }

        if (c.X.Shape.Rank != 1)
        {
            throw new InvalidOperandException($"a value of shape {c.X.Shape}: a vector or a matrix is expected", 0);
        }

        int n = OperatorCall.ToInt("the number of rows", c.X.Shape[0] + Math.Abs((long)offset));
        Node rows = b.Reshape(b.Iota(n), Shape.Of(n, 1)), columns = b.Iota(n);
        Node isDiagonal = b.Equal(b.Add(rows, b.Scalar(offset, DType.Int64)), columns);
        (int before, int behind) = (Math.Max(0, -offset), Math.Max(0, offset));
        return b.Where(isDiagonal, b.Reshape(b.Pad(c.X, [before], [behind]), Shape.Of(n, 1)), b.Scalar(0, c.X.DType));
    }

    private static Node Kron(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int rank = Math.Max(c[0].Shape.Rank, c[1].Shape.Rank);
        int[] left = Aligned(c[0].Shape, rank), right = Aligned(c[1].Shape, rank);
        Node product = b.Mul(
            b.Reshape(c[0], Shape.Of([.. left.SelectMany(extent => new[] { extent, 1 })])),
            b.Reshape(c[1], Shape.Of([.. right.SelectMany(extent => new[] { 1, extent })])));
        return b.Reshape(product, Extents.ToShape(left.Select((extent, axis) => (long)extent * right[axis])));
    }

    private static int[] Aligned(Shape shape, int rank) => [.. Enumerable.Repeat(1, rank - shape.Rank), .. shape.Dims];

    private static Node Cross(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Shape shape = Shape.Broadcast(c[0].Shape, c[1].Shape) ?? throw new InvalidOperandException($"{c[0].Shape} and {c[1].Shape} do not broadcast");
        int axis = ReductionBuilding.Axis(c.Int("axis"), shape.Rank);
        if (shape[axis] != 3)
        {
            throw new InvalidOperandException($"axis {axis} of {shape} has {shape[axis]} elements: vectors of three are expected", 0);
        }

        Node x = b.Expand(c[0], shape), y = b.Expand(c[1], shape);
        return b.Sub(b.Mul(Turned(x, 1), Turned(y, 2)), b.Mul(Turned(x, 2), Turned(y, 1)));

        // Element i is replaced with element i + places.
        Node Turned(Node v, int places) => b.Concat([b.SliceAxis(v, axis, places, 3 - places), b.SliceAxis(v, axis, 0, places)], axis);
    }

    private static Node Tensordot(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (Node left, Node right) = (c[0], c[1]);
        long count = c.Int("axes");
        bool areNamed = c.Ints("axes_a") is not null;
        if (areNamed != (c.Ints("axes_b") is not null) || (!areNamed && (count < 0 || count > Math.Min(left.Shape.Rank, right.Shape.Rank))))
        {
            throw new InvalidOperandException($"axes is {count} for {left.Shape} and {right.Shape}: give as many axes as both have, or axes_a and " +
                $"axes_b");
        }

        int[] ofLeft = Axes(c.Ints("axes_a") ?? [.. Enumerable.Range(0, (int)count).Select(i => left.Shape.Rank - count + i)], left.Shape);
        int[] ofRight = Axes(c.Ints("axes_b") ?? [.. Enumerable.Range(0, (int)count).Select(i => (long)i)], right.Shape);
        if (!ofLeft.Select(axis => left.Shape[axis]).SequenceEqual(ofRight.Select(axis => right.Shape[axis])))
        {
            throw new InvalidOperandException($"axes [{string.Join(',', ofLeft)}] of {left.Shape} and [{string.Join(',', ofRight)}] of " +
                $"{right.Shape} differ in extent", 1);
        }

        int[] rows = [.. Enumerable.Range(0, left.Shape.Rank).Except(ofLeft)], columns = [.. Enumerable.Range(0, right.Shape.Rank).Except(ofRight)];
        long inner = ofLeft.Aggregate(1L, (product, axis) => product * left.Shape[axis]);
        Node x = b.Reshape(b.Transpose(left, [.. rows, .. ofLeft]), Extents.ToShape([Extent(left.Shape, rows), inner]));
        Node y = b.Reshape(b.Transpose(right, [.. ofRight, .. columns]), Extents.ToShape([inner, Extent(right.Shape, columns)]));
        return b.Reshape(b.MatMul(x, y), Shape.Of([.. rows.Select(axis => left.Shape[axis]), .. columns.Select(axis => right.Shape[axis])]));
    }

    private static int[] Axes(long[] axes, Shape shape)
    {
        int[] normal = [.. axes.Select(axis => ReductionBuilding.Axis(axis, shape.Rank))];
        return normal.Distinct().Count() == normal.Length ? normal
            : throw new InvalidOperandException($"axes [{string.Join(',', axes)}] of {shape} are not distinct");
    }

    private static long Extent(Shape shape, int[] axes) => axes.Aggregate(1L, (product, axis) => product * shape[axis]);

    // In the order that needs the fewest operations (Cormen et al., Introduction to algorithms, 15.2); a vector at an end is a row or a column.
    private static Node MultiDot(OperatorCall c)
    {
        Node[] factors = c.Inputs;
        const int Most = 100;
        bool fits = factors.Length <= Most && factors.Index().All(factor =>
            factor.Item.Shape.Rank == 2 || (factor.Item.Shape.Rank == 1 && (factor.Index == 0 || factor.Index == factors.Length - 1)));
        if (!fits)
        {
            throw new InvalidOperandException($"shapes {string.Join(", ", factors.Select(factor => factor.Shape))}: at most {Most} matrices are " +
                $"expected, the first and last of which may be vectors");
        }

        return ChainOrder.Product(c.B, factors);
    }
}

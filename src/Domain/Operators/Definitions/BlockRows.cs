using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Elements moved between depth and space, and matrices of ones on a diagonal or at the maximum.</summary>
internal static class BlockRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("DepthToSpace", "input:A", "blocksize:int! mode:string=DCR", "1, in the old places", "0", DepthToSpace),
        Row("SpaceToDepth", "input:A", "blocksize:int!", "1, in the old places", "0", SpaceToDepth),
        Row("EyeLike", "input:A'", "dtype:int k:int=0", "zero: the result depends on the shape alone", "rows + n", EyeLike),
        Row("Hardmax", "x:F", "axis:int=-1", "zero: piecewise constant", "2n", Hardmax),
        Row("ReverseSequence", "input:A sequence_lens:I", "batch_axis:int=1 time_axis:int=0", "1, in the reversed order",
            "2 × batch × time + batch, for the positions", ReverseSequence),
        Row("CenterCropPad", "input:A shape:I!", "axes:ints", "1, put back in place", "0", CenterCropPad),
    ];

    private static (int N, int C, int H, int W, int Block) Image(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        int block = c.Int("blocksize");
        return shape.Rank == 4 && block > 0
            ? (shape[0], shape[1], shape[2], shape[3], block)
            : throw new InvalidOperandException($"a value of shape {shape} and blocksize {block}: [N,C,H,W] and a positive number are expected");
    }

    private static Node DepthToSpace(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (int n, int depth, int h, int w, int block) = Image(c);
        long area = (long)block * block;
        int channels = depth % area == 0 ? (int)(depth / area)
            : throw new InvalidOperandException($"the {depth} channels do not make up blocks of {block} × {block}", 0);
        bool blockFirst = c.Text("mode", "DCR", "CRD") == "DCR";
        Node y = blockFirst
            ? b.Transpose(b.Reshape(c.X, Shape.Of(n, block, block, channels, h, w)), 0, 3, 4, 1, 5, 2)
            : b.Transpose(b.Reshape(c.X, Shape.Of(n, channels, block, block, h, w)), 0, 1, 4, 2, 5, 3);
        return b.Reshape(y, Extents.ToShape([n, channels, (long)h * block, (long)w * block]));
    }

    private static Node SpaceToDepth(OperatorCall c)
    {
        GraphBuilder b = c.B;
        (int n, int channels, int h, int w, int block) = Image(c);
        if (h % block != 0 || w % block != 0)
        {
            throw new InvalidOperandException($"{h} × {w} does not consist of blocks of {block} × {block}", 0);
        }

        Node y = b.Transpose(b.Reshape(c.X, Shape.Of(n, channels, h / block, block, w / block, block)), 0, 3, 5, 1, 2, 4);
        return b.Reshape(y, Extents.ToShape([n, (long)channels * block * block, h / block, w / block]));
    }

    private static Node EyeLike(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Shape shape = c.X.Shape.Rank == 2 ? c.X.Shape : throw new InvalidOperandException($"{c.X.Shape} is not a matrix", 0);
        Node diagonal = b.Add(b.Reshape(b.Iota(shape[0]), Shape.Of(shape[0], 1)), b.Scalar(c.Int("k"), DType.Int64));
        return b.Cast(b.Equal(diagonal, b.Iota(shape[1])), c.ElementType("dtype") ?? c.X.DType);
    }

    private static Node Hardmax(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int axis = ReductionBuilding.Axis(c.Int("axis"), c.X.Shape.Rank);
        int[] along = LayoutBuilding.Ones(c.X.Shape.Rank);
        along[axis] = c.X.Shape[axis];
        Node largest = b.ArgReduce(Reductions.ArgMaxOp, c.X, axis, true, false);
        return b.Cast(b.Equal(largest, b.Reshape(b.Iota(along[axis]), Shape.Of(along))), c.X.DType);
    }

    // Of the first len elements, number t moves to len − 1 − t; the rest stays in place.
    private static Node ReverseSequence(OperatorCall c)
    {
        GraphBuilder b = c.B;
        Shape shape = c.X.Shape;
        (int batch, int time) = (ReductionBuilding.Axis(c.Int("batch_axis"), shape.Rank), ReductionBuilding.Axis(c.Int("time_axis"), shape.Rank));
        if (batch == time || !c[1].Shape.Equals(Shape.Of(shape[batch])))
        {
            throw new InvalidOperandException($"sequence_lens of shape {c[1].Shape} for axes {batch} (batch) and {time} (time) of {shape}", 1);
        }

        int[] across = LayoutBuilding.Ones(shape.Rank), along = LayoutBuilding.Ones(shape.Rank);
        (across[batch], along[time]) = (shape[batch], shape[time]);
        Node lengths = b.Reshape(c[1], Shape.Of(across));
        Node steps = b.Reshape(b.Iota(shape[time]), Shape.Of(along));
        Node mirrored = b.Sub(b.Sub(lengths, b.Scalar(1, DType.Int64)), steps);
        Node place = b.Where(b.Less(steps, lengths), mirrored, steps);
        return b.GatherElements(c.X, b.Expand(place, shape), time);
    }

    // If the difference is odd, the smaller half is cut off, or added, at the beginning.
    private static Node CenterCropPad(OperatorCall c)
    {
        GraphBuilder b = c.B;
        long[] wanted = c.RequiredInts("shape");
        int[] axes = DistinctAxes(c, wanted.Length);
        Node x = c.X;
        for (int i = 0; i < axes.Length; i++)
        {
            int extent = x.Shape[axes[i]];
            int target = OperatorCall.ToInt("shape", wanted[i]) is int size and >= 0 ? size
                : throw new InvalidOperandException($"shape[{i}] is {wanted[i]}", 1);
            if (target < extent)
            {
                x = b.SliceAxis(x, axes[i], (extent - target) / 2, target);
                continue;
            }

            (int[] begins, int[] ends) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
            begins[axes[i]] = (target - extent) / 2;
            ends[axes[i]] = target - extent - begins[axes[i]];
            x = b.Pad(x, begins, ends);
        }

        return x;
    }

    private static int[] DistinctAxes(OperatorCall c, int count)
    {
        int rank = c.X.Shape.Rank;
        int[] axes = [.. (c.Ints("axes") ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)])
            .Select(axis => ReductionBuilding.Axis(axis, rank))];
        ReductionBuilding.Normalize(axes, rank);
        return axes.Length == count ? axes : throw new InvalidOperandException($"shape has {count} elements for {axes.Length} axes", 1);
    }
}

using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions;

/// <summary>Shapes and layouts.</summary>
internal static class ShapeRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Reshape", "data:A shape:I!", "allowzero:int=0", "1, in the shape of data", "0", Reshape),
        Row("Flatten", "x:A", "axis:int=1", "1, in the shape of x", "0", Flatten),
        Row("Squeeze", "data:A axes:I?!", "", "1, in the shape of data", "0", Squeeze),
        Row("Unsqueeze", "data:A axes:I!", "", "1, in the shape of data", "0", Unsqueeze),
        Row("Transpose", "data:A", "perm:ints", "1, in the inverse order of axes", "0",
            c => c.B.Transpose(c.X, c.Ints("perm") is { } perm ? [.. perm.Select(p => OperatorCall.ToInt("perm", p))]
                : [.. ReductionBuilding.AllAxes(c.X).Reverse()])),
        Row("Expand", "x:A shape:I!", "", "the sum over the repeated axes", "0", Expand),
        Row("Concat", "x:A*", "axis:int!", "1, each part of g", "0", c => c.B.Concat(c.Inputs, c.Int("axis"))),
        RowSyntax.Rows("Split", "x:A split:I?!", "axis:int=0 num_outputs:int", "part*", "1, put back in place", "0", Split),
        Row("Slice", "data:A starts:I! ends:I! axes:I?! steps:I?!", "", "1, put back among zeros", "0", SliceBuilding.Slice),
        Row("Pad", "data:A pads:I! constant_value:A? axes:I?!", "mode:string=constant", "1, cut out again; borders belong to what they repeat", "0",
            PadBuilding.Pad),
        Row("Tile", "x:A repeats:I!", "", "the sum over the repetitions", "0", Tile),
        Row("Trilu", "x:A k:I?.", "upper:int=1", "1 where kept, else 0", "2 × rows × columns, for the mask", Trilu),
        Row("Shape", "data:A'", "start:int=0 end:int", "none: the result is a shape", "0", ShapeOf),
        Row("Size", "data:A'", "", "none: the result is a count", "0", c => c.B.Constant(Tensor.Scalar(c.X.Type.Count))),
        Row("Range", "start:N= limit:N= delta:N=", "", "none: the result is constant", "2n", RangeBuilding.Range),
        Row("ConstantOfShape", "input:I!", "value:float=0.0", "none: the result is constant", "0",
            c => c.B.Expand(c.B.Scalar(c.Number("value"), c.DefaultDType), Extents.ToShape(c.RequiredInts("input")))),
    ];

    // 0 keeps the extent of that axis (unless allowzero), −1 takes the remaining elements.
    private static Node Reshape(OperatorCall c)
    {
        long[] wanted = c.RequiredInts("shape");
        bool keepZero = !c.Flag("allowzero");
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == 0 && keepZero)
            {
                wanted[i] = i < c.X.Shape.Rank ? c.X.Shape[i]
                    : throw new InvalidOperandException($"shape[{i}] is 0, but {c.X.Shape} has no such axis", 1);
            }
        }

        int open = Array.IndexOf(wanted, -1);
        if (open >= 0)
        {
            long rest = wanted.Where((_, i) => i != open)
                .Aggregate(1L, (n, extent) => extent < 0 || (extent != 0 && n > long.MaxValue / extent) ? -1 : n * extent);
            wanted[open] = rest > 0 && c.X.Type.Count % rest == 0
                ? c.X.Type.Count / rest
                : throw new InvalidOperandException($"{c.X.Shape} cannot be reshaped to [{string.Join(',', wanted)}]", 1);
        }

        return c.B.Reshape(c.X, Extents.ToShape(wanted));
    }

    private static Node Flatten(OperatorCall c)
    {
        int rank = c.X.Shape.Rank;
        int axis = c.Int("axis") == rank ? rank : ReductionBuilding.Axis(c.Int("axis"), Math.Max(rank, 1));
        return c.B.Reshape(c.X, Extents.ToShape([c.X.Shape.CountOf(0, axis), c.X.Shape.CountOf(axis, rank)]));
    }

    private static Node Squeeze(OperatorCall c)
    {
        Shape shape = c.X.Shape;
        int[] axes = c.Ints("axes") is { } given
            ? ReductionBuilding.Normalize(given.Select(axis => OperatorCall.ToInt("axes", axis)), shape.Rank)
            : [.. ReductionBuilding.AllAxes(c.X).Where(axis => shape[axis] == 1)];
        foreach (int axis in axes)
        {
            if (shape[axis] != 1)
            {
                throw new InvalidOperandException($"axis {axis} of {shape} has extent {shape[axis]}, only axes of extent 1 can be squeezed");
            }
        }

        return c.B.Reshape(c.X, ReductionBuilding.Reduced(shape, axes, false));
    }

    private static Node Unsqueeze(OperatorCall c)
    {
        long[] given = c.RequiredInts("axes");
        int[] axes = ReductionBuilding.Normalize(given.Select(axis => OperatorCall.ToInt("axes", axis)), c.X.Shape.Rank + given.Length);
        List<int> dims = [.. c.X.Shape.Dims];
        foreach (int axis in axes)
        {
            dims.Insert(axis, 1);
        }

        return c.B.Reshape(c.X, Shape.Of([.. dims]));
    }

    private static Node Expand(OperatorCall c)
    {
        Shape wanted = Extents.ToShape(c.RequiredInts("shape"));
        Shape shape = Shape.Broadcast(c.X.Shape, wanted) ?? throw new InvalidOperandException($"{c.X.Shape} does not expand to {wanted}", 1);
        return c.B.Expand(c.X, shape);
    }

    private static Node[] Split(OperatorCall c)
    {
        int axis = ReductionBuilding.Axis(c.Int("axis"), c.X.Shape.Rank);
        int extent = c.X.Shape[axis];
        int parts = c.OptionalInt("num_outputs") ?? c.Outputs;
        long chunk = parts > 0 ? (extent + (long)parts - 1) / parts : throw new InvalidOperandException($"num_outputs is {parts}");
        long[] sizes = c.Ints("split") ?? [.. Enumerable.Range(0, c.Outputs).Select(i => Math.Clamp(extent - (i * chunk), 0, chunk))];
        if (sizes.Sum() != extent || sizes.Length != c.Outputs || sizes.Any(size => size < 0))
        {
            throw new InvalidOperandException($"parts [{string.Join(',', sizes)}] for {c.Outputs} outputs do not make up axis {axis} of {c.X.Shape}");
        }

        var made = new Node[sizes.Length];
        int start = 0;
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = c.B.SliceAxis(c.X, axis, start, (int)sizes[i]);
            start += (int)sizes[i];
        }

        return made;
    }

    private static Node Tile(OperatorCall c)
    {
        long[] repeats = c.RequiredInts("repeats");
        Shape shape = c.X.Shape;
        if (repeats.Length != shape.Rank)
        {
            throw new InvalidOperandException($"repeats has {repeats.Length} elements, x has rank {shape.Rank}", 1);
        }

        // Each axis gets one of its repetitions before it, and the two are folded into one.
        int[] spaced = [.. shape.Dims.ToArray().SelectMany(dim => new[] { 1, dim })];
        Shape repeated = Extents.ToShape(Enumerable.Range(0, spaced.Length).Select(i => i % 2 == 0 ? repeats[i / 2] : spaced[i]));
        Node y = c.B.Expand(c.B.Reshape(c.X, Shape.Of(spaced)), repeated);
        return c.B.Reshape(y, Extents.ToShape(shape.Dims.ToArray().Select((dim, i) => dim * repeats[i])));
    }

    private static Node Trilu(OperatorCall c)
    {
        if (c.X.Shape.Rank < 2)
        {
            throw new InvalidOperandException($"{c.X.Shape} is not a matrix");
        }

        GraphBuilder b = c.B;
        (int rows, int columns) = (c.X.Shape[^2], c.X.Shape[^1]);
        Node offset = b.Sub(b.Iota(columns), b.Reshape(b.Iota(rows), Shape.Of(rows, 1)));
        Node k = b.Constant(Tensor.Scalar(c.Static("k", 0)));
        Node kept = c.Flag("upper") ? b.GreaterOrEqual(offset, k) : b.LessOrEqual(offset, k);
        return b.Where(kept, c.X, b.Scalar(0, c.X.DType));
    }

    private static Node ShapeOf(OperatorCall c)
    {
        int rank = c.X.Shape.Rank;
        int start = Clamped(c.Int("start"));
        int end = Clamped(c.OptionalInt("end") ?? rank);
        long[] dims = [.. c.X.Shape.Dims.ToArray().Select(dim => (long)dim)];
        return c.B.Constant(Tensor.Vector(start < end ? dims[start..end] : []));

        int Clamped(int axis) => Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>
/// The largest element of each window: its position is found, and the element is taken from there. The derivative thus goes to one of equal elements,
/// the first.
/// </summary>
internal static class MaxPooling
{
    public static Node[] MaxPool(OperatorCall c)
    {
        WindowGeometry windows = WindowGeometry.Of(c, WindowGeometry.Given(c, "kernel_shape")!, c.Flag("ceil_mode"));
        Node places = c.B.ArgMaxPool(c.X, windows.Kernel, windows.Strides, windows.Dilations, [.. windows.Begins, .. windows.EndsNeeded(c.X.Shape)]);
        Node y = Taken(c.B, c.X, places);
        return c.Outputs > 1 ? [y, Indices(c, places)] : [y];
    }

    public static Node GlobalMaxPool(OperatorCall c)
    {
        int[] kept = LayoutBuilding.Ones(WindowGeometry.SpatialRank(c));
        Node place = c.B.ArgReduce(Reductions.ArgMaxOp, Planes(c.B, c.X), 2, true, false);
        return Taken(c.B, c.X, c.B.Reshape(place, Shape.Of([.. c.X.Shape.Dims[..2], .. kept])));
    }

    public static Node MaxUnpool(OperatorCall c)
    {
        Shape x = c.X.Shape;
        int spatial = WindowGeometry.SpatialRank(c);
        int[] kernel = WindowGeometry.Given(c, "kernel_shape")!, strides = WindowGeometry.Positive(c, "strides", spatial);
        int[] pads = WindowGeometry.Given(c, "pads") ?? new int[2 * spatial];
        WindowGeometry.RequireLength("kernel_shape", kernel, spatial);
        WindowGeometry.RequireLength("pads", pads, 2 * spatial);
        long[] extents = [.. kernel.Select((size, i) => ((x[2 + i] - 1L) * strides[i]) - pads[i] - pads[spatial + i] + size)];
        Shape shape = Extents.ToShape([x[0], x[1], .. extents]);
        Shape wanted = c.Ints("output_shape") is { } given ? Extents.ToShape(given) : shape;
        if (!c[1].Shape.Equals(x) || wanted.Rank != x.Rank || shape.Dims.ToArray().Zip(wanted.Dims.ToArray()).Any(pair => pair.First > pair.Second))
        {
            throw new InvalidOperandException($"x {x}, indices {c[1].Shape} and output_shape {wanted}: the indices must have the shape of x, and " +
                $"the output at least {shape}", 1);
        }

        Node zeros = c.B.Full(new TensorType(c.X.DType, Shape.Of(OperatorCall.ToInt("the number of elements", shape.Count))), 0);
        var flat = Shape.Of(OperatorCall.ToInt("the number of elements", x.Count));
        Node y = c.B.Reshape(c.B.ScatterElements(zeros, c.B.Reshape(c[1], flat), c.B.Reshape(c.X, flat), 0, "none"), shape);

        // The indices count through the shape that the windows give; what is requested beyond it is zeros at the end (ONNX's own test).
        return c.B.Pad(y, new int[x.Rank], [.. wanted.Dims.ToArray().Select((extent, axis) => extent - shape[axis])]);
    }

    private static Node Taken(GraphBuilder b, Node x, Node places) => b.Reshape(b.GatherElements(Planes(b, x), Planes(b, places), 2), places.Shape);

    private static Node Planes(GraphBuilder b, Node x) =>
        b.Reshape(x, Shape.Of(x.Shape[0], x.Shape[1], OperatorCall.ToInt("the elements of a channel", Extent(x.Shape))));

    private static long Extent(Shape x) => Shape.Of(x.Dims[2..]).Count;

    // ONNX counts through all of x; with storage_order 1 the first spatial axis runs fastest within a channel.
    private static Node Indices(OperatorCall c, Node places)
    {
        GraphBuilder b = c.B;
        Shape x = c.X.Shape;
        int[] row = LayoutBuilding.Ones(x.Rank);
        (row[0], row[1]) = (x[0], x[1]);
        Node channel = b.Reshape(b.Iota(x[0] * x[1]), Shape.Of(row));
        Node first = b.Mul(channel, b.Scalar(Extent(x), DType.Int64));
        return b.Add(first, c.Flag("storage_order") ? ColumnMajor(b, places, x) : places);
    }

    private static Node ColumnMajor(GraphBuilder b, Node places, Shape x)
    {
        Node rest = places;
        Node sum = b.Scalar(0, DType.Int64);
        long stride = Extent(x);
        for (int axis = x.Rank - 1; axis >= 2; axis--)
        {
            stride /= x[axis];
            Node extent = b.Scalar(x[axis], DType.Int64);
            sum = b.Add(sum, b.Mul(b.Mod(rest, extent, true), b.Scalar(stride, DType.Int64)));
            rest = b.Div(rest, extent);
        }

        return sum;
    }
}

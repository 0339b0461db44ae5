using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>Sliding windows, the basis of convolutions and poolings.</summary>
internal static class WindowRows
{
    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Unfold", "x:A", "axis:int=-1 size:int! stride:int=1 dilation:int=1", "g added where windows overlap", "0",
            c => c.B.Unfold(c.X, c.Int("axis"), c.Int("size"), c.Int("stride"), c.Int("dilation"))),
        Row("Fold", "x:N", "axis:int=-2 extent:int! stride:int=1 dilation:int=1", "the windows of g", "elements of x",
            c => c.B.Fold(c.X, c.Int("axis"), c.Int("extent"), c.Int("stride"), c.Int("dilation"))),
        Row("ArgMaxPool", "x:N", "kernel_shape:ints! strides:ints! dilations:ints! pads:ints!", "none: the result is positions",
            "n × elements of a window",
            c => c.B.ArgMaxPool(c.X, Ints(c, "kernel_shape"), Ints(c, "strides"), Ints(c, "dilations"), Ints(c, "pads"))),
        Row("Col2Im", "input:N image_shape:I! block_shape:I!", "dilations:ints pads:ints strides:ints", "the blocks of g",
            "for each axis of the image the elements of what is added up along it", Col2Im),
    ];

    // [N, C × block, L], where L counts the windows of all axes together in row-major order, and block the elements of a window likewise. Axes are
    // folded one after another, the last first.
    private static Node Col2Im(OperatorCall c)
    {
        GraphBuilder b = c.B;
        int[] image = Ints(c, "image_shape"), block = Ints(c, "block_shape");
        int axes = image.Length;
        int[] dilations = WindowGeometry.Positive(c, "dilations", axes), strides = WindowGeometry.Positive(c, "strides", axes);
        int[] pads = WindowGeometry.Given(c, "pads") ?? new int[2 * axes];
        WindowGeometry.RequireLength("block_shape", block, axes);
        WindowGeometry.RequireLength("pads", pads, 2 * axes);
        Shape shape = c.X.Shape;
        long[] counts = [.. Enumerable.Range(0, axes)
            .Select(i => Windows((long)image[i] + pads[i] + pads[axes + i], block[i], strides[i], dilations[i]))];
        long elements = Product(block), windows = Product(counts);
        if (axes == 0 || pads.Any(pad => pad < 0) || shape.Rank != 3 || elements < 1 || shape[1] % elements != 0 || shape[2] != windows
            || windows < 1)
        {
            throw new InvalidOperandException(
                $"input of shape {shape}: [N, a multiple of {elements}, {windows}] is expected for blocks of [{string.Join(',', block)}] in an " +
                    $"image of [{string.Join(',', image)}]", 0);
        }

        int channels = (int)(shape[1] / elements);
        Node y = b.Reshape(c.X, Shape.Of([shape[0], channels, .. block, .. counts.Select(count => (int)count)]));
        y = b.Transpose(y, [0, 1, .. Enumerable.Range(0, axes).SelectMany(i => new[] { 2 + axes + i, 2 + i })]);
        for (int i = axes - 1; i >= 0; i--)
        {
            y = b.Fold(y, 2 + (2 * i), image[i] + pads[i] + pads[axes + i], strides[i], dilations[i]);
            y = b.SliceAxis(y, 2 + (2 * i), pads[i], image[i]);
        }

        return y;
    }

    private static long Windows(long extent, int size, int stride, int dilation) =>
        size < 1 || extent > int.MaxValue || WindowBuilding.Reach(size, dilation) > extent ? 0
            : ((extent - WindowBuilding.Reach(size, dilation)) / stride) + 1;

    private static long Product(IEnumerable<int> extents) => Product(extents.Select(extent => (long)extent));

    // A product that does not fit a shape does not match any input either.
    private static long Product(IEnumerable<long> extents) =>
        extents.Aggregate(1L, (product, extent) => product < 0 || extent < 0 ? -1 : Math.Min(product * extent, int.MaxValue));

    private static int[] Ints(OperatorCall c, string name) => [.. c.RequiredInts(name).Select(value => OperatorCall.ToInt(name, value))];
}

using System.Collections.Immutable;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using static Backprop.Domain.Operators.RowSyntax;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>Convolutions over any number of spatial axes.</summary>
internal static class ConvolutionRows
{
    private const string Windows = "auto_pad:string=NOTSET dilations:ints group:int=1 kernel_shape:ints pads:ints strides:ints";

    public static ImmutableArray<Operator> Rows { get; } =
    [
        Row("Conv", "x:F w:F b:F?", Windows,
            "x: g convolved with the flipped kernel, or its products added where windows overlap; w: x convolved with g; b: the sum of g",
            "2n × elements of w / output channels, + n with bias", Conv),
        Row("ConvTranspose", "x:F w:F b:F?", Windows + " output_padding:ints output_shape:ints",
            "x: g convolved with w; w: g convolved with x; b: the sum of g",
            "strides 1: 2 × elements of the result before it is cut × elements of w / output channels; otherwise 2 × elements of x × elements of w " +
                "/ input channels, + along each spatial axis, the last first: elements of its windows; + n with bias", ConvTranspose),
        Row("DeformConv", "X:F W:F offset:F B:F? mask:F?", "dilations:ints group:int=1 kernel_shape:ints offset_group:int=1 pads:ints strides:ints",
            "W: the samples times g; X: g times W, added at the samples' neighbours; offset: the slope between these; mask: the samples",
            "for s samples, kernel × points of each group of offsets, 34s; for each of a group's channels 7s, 8s with a mask; 2n × elements of W " +
                "/ output channels, + n with bias", DeformableConvolution.Build),
    ];

    private static Node Conv(OperatorCall c)
    {
        int[] kernel = Kernel(c);
        var windows = WindowGeometry.Of(c, kernel);
        Node y = c.B.Conv(windows.Padded(c.B, c.X), c[1], windows.Strides, windows.Dilations, c.Int("group"));
        return WithBias(c, y);
    }

    private static Node ConvTranspose(OperatorCall c)
    {
        int[] kernel = Kernel(c);
        int spatial = kernel.Length, group = c.Int("group");
        if (group < 1 || c[1].Shape[0] != c.X.Shape[1] || c.X.Shape[1] % group != 0)
        {
            throw new InvalidOperandException($"x {c.X.Shape} and w {c[1].Shape} with {group} groups: [N,C,extents…] and [C,M/groups,kernel…] are " +
                $"expected, C a multiple of the groups", 1);
        }

        int[] strides = WindowGeometry.Positive(c, "strides", spatial), dilations = WindowGeometry.Positive(c, "dilations", spatial);
        int[] whole = [.. kernel.Select((size, i) =>
            OperatorCall.ToInt("an extent", ((c.X.Shape[2 + i] - 1L) * strides[i]) + WindowBuilding.Reach(size, dilations[i])))];
        (int[] begins, int[] extents) = TransposeBorders.Of(c, whole, strides);
        Node y = c.B.ConvTranspose(c.X, c[1], strides, dilations, group, whole);
        return WithBias(c, TransposeBorders.Cut(c.B, y, begins, extents));
    }

    private static int[] Kernel(OperatorCall c)
    {
        int spatial = WindowGeometry.SpatialRank(c);
        Shape w = c[1].Shape;
        int[] kernel = w.Rank == spatial + 2
            ? w.Dims[2..].ToArray()
            : throw new InvalidOperandException($"x of shape {c.X.Shape} and w of shape {w} differ in rank", 1);
        if (WindowGeometry.Given(c, "kernel_shape") is { } given && !given.SequenceEqual(kernel))
        {
            throw new InvalidOperandException($"kernel_shape is [{string.Join(',', given)}], but w has the shape {w}");
        }

        return w.Count > 0 && c.X.Shape.CountOf(1, c.X.Shape.Rank) > 0
            ? kernel
            : throw new InvalidOperandException($"x of shape {c.X.Shape} and w of shape {w}: no channel, extent or kernel may be empty");
    }

    /// <summary>With a number added for each output channel, if that operand is given.</summary>
    public static Node WithBias(OperatorCall c, Node y, int place = 2)
    {
        if (c.Optional(place) is not { } bias)
        {
            return y;
        }

        int[] column = LayoutBuilding.Ones(y.Shape.Rank - 1);
        column[0] = y.Shape[1];
        return bias.Shape.Equals(Shape.Of(y.Shape[1]))
            ? c.B.Add(y, c.B.Reshape(bias, Shape.Of(column)))
            : throw new InvalidOperandException($"b of shape {bias.Shape}, expected one number for each of {y.Shape[1]} channels", place);
    }
}

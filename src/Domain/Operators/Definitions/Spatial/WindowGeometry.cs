using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>The positions of the windows of a convolution or a pooling, by ONNX's attributes; one number per spatial axis.</summary>
/// <param name="Kernel">The elements of a window.</param>
/// <param name="Strides">The distance from one window to the next.</param>
/// <param name="Dilations">The distance from one element of a window to the next.</param>
/// <param name="Begins">The padding before the first element.</param>
/// <param name="Ends">The requested padding after the last element.</param>
/// <param name="Counts">The number of windows.</param>
internal sealed record WindowGeometry(int[] Kernel, int[] Strides, int[] Dilations, int[] Begins, int[] Ends, int[] Counts)
{
    private const int ChannelAxes = 2;

    /// <summary>The geometry that a call requests over the spatial axes of x, which is [N, C, extents…].</summary>
    /// <exception cref="InvalidOperandException">A list does not have one number per axis, a number is out of range, or no window fits.</exception>
    public static WindowGeometry Of(OperatorCall c, int[] kernel, bool ceil = false)
    {
        int spatial = SpatialRank(c);
        RequireLength("kernel_shape", kernel, spatial);
        int[] strides = Positive(c, "strides", spatial), dilations = Positive(c, "dilations", spatial);
        string fill = c.Text("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");
        int[] pads = Pads(c, spatial, fill);
        var counts = new int[spatial];
        for (int i = 0; i < spatial; i++)
        {
            (long extent, long reach) = (c.X.Shape[ChannelAxes + i], kernel[i] > 0 ? WindowBuilding.Reach(kernel[i], dilations[i]) : 0);
            if (fill.StartsWith("SAME", StringComparison.Ordinal) && extent > 0)
            {
                long border = Math.Max(((extent - 1) / strides[i] * strides[i]) + reach - extent, 0);
                long less = border / 2, more = border - less;
                (long begin, long end) = fill == "SAME_UPPER" ? (less, more) : (more, less);
                (pads[i], pads[spatial + i]) = (OperatorCall.ToInt("pads", begin), OperatorCall.ToInt("pads", end));
            }

            counts[i] = Count(extent, pads[i], pads[spatial + i], reach, strides[i], ceil && fill == "NOTSET", c.X.Shape);
        }

        return new WindowGeometry(kernel, strides, dilations, pads[..spatial], pads[spatial..], counts);
    }

    /// <summary>
    /// The padding after the last element that the last window needs: less than requested if part of it is not reached, more if windows extend beyond
    /// it.
    /// </summary>
    public int[] EndsNeeded(Shape x) =>
        [.. Counts.Select((count, i) =>
            (int)Math.Max(((count - 1L) * Strides[i]) + WindowBuilding.Reach(Kernel[i], Dilations[i]) - x[ChannelAxes + i] - Begins[i], 0))];

    /// <summary>x padded with zeros.</summary>
    public Node Padded(GraphBuilder b, Node x) => b.Pad(x, [0, 0, .. Begins], [0, 0, .. EndsNeeded(x.Shape)]);

    /// <summary>The number of spatial axes of x.</summary>
    /// <exception cref="InvalidOperandException">There are none.</exception>
    public static int SpatialRank(OperatorCall c) => c.X.Shape.Rank > ChannelAxes
        ? c.X.Shape.Rank - ChannelAxes
        : throw new InvalidOperandException($"x of shape {c.X.Shape}: [N,C,extents…] is expected", 0);

    /// <summary>A list of positive numbers, 1 if it is not given.</summary>
    public static int[] Positive(OperatorCall c, string name, int spatial)
    {
        int[] values = Given(c, name) ?? LayoutBuilding.Ones(spatial);
        RequireLength(name, values, spatial);
        return values.All(value => value > 0) ? values
            : throw new InvalidOperandException($"{name} is [{string.Join(',', values)}]: all must be positive");
    }

    /// <summary>A list of numbers that fit an extent, or null.</summary>
    public static int[]? Given(OperatorCall c, string name) => c.Ints(name) is { } values
        ? [.. values.Select(value => OperatorCall.ToInt(name, value))] : null;

    /// <summary>Checks that a list has the required length, one number per axis.</summary>
    /// <exception cref="InvalidOperandException">It does not.</exception>
    public static void RequireLength(string name, int[] values, int length)
    {
        if (values.Length != length)
        {
            throw new InvalidOperandException($"{name} has {values.Length} elements, expected {length}");
        }
    }

    // The padding is given or computed by the caller, never both.
    private static int[] Pads(OperatorCall c, int spatial, string fill)
    {
        int[] pads = fill == "NOTSET" && Given(c, "pads") is { } given ? given : new int[2 * spatial];
        RequireLength("pads", pads, 2 * spatial);
        return pads.All(n => n >= 0) ? pads : throw new InvalidOperandException($"pads is [{string.Join(',', pads)}]: none may be negative");
    }

    // A window that would begin in the padding at the end is left out (in ONNX and PyTorch).
    private static int Count(long extent, long begin, long end, long reach, long stride, bool ceil, Shape x)
    {
        long room = extent + begin + end - reach;
        if (reach < 1 || room < 0 || extent + begin + end > int.MaxValue)
        {
            throw new InvalidOperandException($"windows that reach over {reach} elements do not fit into an axis of {x} with borders of {begin} " +
                $"and {end}");
        }

        long count = ((ceil ? room + stride - 1 : room) / stride) + 1;
        return (int)(ceil && (count - 1) * stride >= extent + begin ? count - 1 : count);
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Operators.Definitions.Spatial;

/// <summary>What a transposed convolution cuts off its whole result, or adds to it.</summary>
internal static class TransposeBorders
{
    /// <summary>The elements to cut off at the beginning of each axis, and the requested extents.</summary>
    /// <exception cref="InvalidOperandException">Nothing would be left, or a list does not have the right length.</exception>
    public static (int[] Begins, int[] Extents) Of(OperatorCall c, int[] whole, int[] strides)
    {
        int spatial = whole.Length;
        string fill = c.Text("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");
        int[] more = WindowGeometry.Given(c, "output_padding") ?? new int[spatial];
        int[] pads = fill == "NOTSET" && WindowGeometry.Given(c, "pads") is { } given ? given : new int[2 * spatial];
        WindowGeometry.RequireLength("output_padding", more, spatial);
        WindowGeometry.RequireLength("pads", pads, 2 * spatial);
        int[]? wanted = Wanted(c, spatial, fill, strides);
        (var begins, var extents) = (new int[spatial], new int[spatial]);
        for (int i = 0; i < spatial; i++)
        {
            if (pads[i] < 0 || pads[spatial + i] < 0 || more[i] < 0)
            {
                throw new InvalidOperandException("pads and output_padding may not be negative");
            }

            // The surplus is split; the larger half is cut at the beginning unless it is to be at the end. Missing elements are added at the end
            // (ONNX).
            long border = wanted is null ? 0 : (long)whole[i] + more[i] - wanted[i];
            long half = border / 2;
            long begin = wanted is null ? pads[i] : border < 0 ? 0 : fill == "SAME_UPPER" ? half : border - half;
            begins[i] = OperatorCall.ToInt("pads", begin);
            extents[i] = wanted?[i] ?? OperatorCall.ToInt("an extent", (long)whole[i] + more[i] - pads[i] - pads[spatial + i]);
            if (extents[i] < 1)
            {
                throw new InvalidOperandException($"nothing is left of axis {2 + i}: {whole[i]} elements, output_padding {more[i]}, pads " +
                    $"{pads[i]} and {pads[spatial + i]}");
            }
        }

        return (begins, extents);
    }

    /// <summary>The part of y that begins at <paramref name="begins"/> and has <paramref name="extents"/>; beyond y it is zero.</summary>
    public static Node Cut(GraphBuilder b, Node y, int[] begins, int[] extents)
    {
        int spatial = begins.Length;
        int[] starts = new int[2 + spatial], dims = y.Shape.Dims.ToArray(), after = new int[2 + spatial];
        for (int i = 0; i < spatial; i++)
        {
            int axis = 2 + i;
            long end = Math.Min((long)begins[i] + extents[i], dims[axis]);
            starts[axis] = begins[i];
            dims[axis] = end > starts[axis] ? (int)end - starts[axis]
                : throw new InvalidOperandException($"nothing of axis {axis} of {y.Shape} is left");
            after[axis] = extents[i] - dims[axis];
        }

        return b.Pad(b.Slice(y, starts, LayoutBuilding.Ones(starts.Length), Shape.Of(dims)), new int[2 + spatial], after);
    }

    private static int[]? Wanted(OperatorCall c, int spatial, string fill, int[] strides)
    {
        if (WindowGeometry.Given(c, "output_shape") is { } given)
        {
            int[] wanted = given.Length == spatial + 2 ? given[2..] : given;
            WindowGeometry.RequireLength("output_shape", wanted, spatial);
            return wanted.All(extent => extent > 0) ? wanted
                : throw new InvalidOperandException($"output_shape is [{string.Join(',', given)}]: all must be positive");
        }

        return fill.StartsWith("SAME", StringComparison.Ordinal)
            ? [.. strides.Select((stride, i) => OperatorCall.ToInt("an extent", (long)stride * c.X.Shape[2 + i]))]
            : null;
    }
}

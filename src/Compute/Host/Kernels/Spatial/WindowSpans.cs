using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>
/// The elements of windows over the last axes, without borders. Windows that differ only along the last axis form a line and have the same rows of
/// the operand; along these each window takes elements from a start to an end.
/// </summary>
internal sealed class WindowSpans
{
    private readonly (int Start, int End)[][] axes;
    private readonly int[] extents;
    private readonly int[] dilations;

    private WindowSpans((int Start, int End)[][] axes, int[] extents, int[] dilations) =>
        (this.axes, this.extents, this.dilations) = (axes, extents, dilations);

    /// <summary>The elements of the operand that contain the windows of one result plane.</summary>
    public required int Plane { get; init; }

    /// <summary>The distance from one element of a window to the next along the last axis.</summary>
    public required int Step { get; init; }

    /// <summary>The distance from one window of a line to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>The windows of a line that no border cuts: from the first up to, but not including, the end.</summary>
    public required (int First, int End) Whole { get; init; }

    /// <summary>The most elements of a window.</summary>
    public required int Taps { get; init; }

    /// <summary>The most rows of a line.</summary>
    public required int MostRows { get; init; }

    /// <summary>The lines of a plane.</summary>
    public required int Lines { get; init; }

    /// <summary>The windows of a line.</summary>
    public int Columns => axes[^1].Length;

    /// <summary>The windows of an ArgMaxPool.</summary>
    public static WindowSpans Of(Node node)
    {
        int[] kernel = node.Integers("kernel_shape"), strides = node.Integers("strides"), dilations = node.Integers("dilations"),
            pads = node.Integers("pads");
        int spatial = kernel.Length, lead = node.Shape.Rank - spatial;
        Shape x = node.Inputs[0].Shape;
        (int Start, int End)[][] axes =
            [.. Enumerable.Range(0, spatial).Select(i => Ranges(x[lead + i], node.Shape[lead + i], kernel[i], strides[i], dilations[i], pads[i]))];
        return new WindowSpans(axes, x.Dims[lead..].ToArray(), dilations)
        {
            Plane = (int)x.CountOf(lead, x.Rank),
            Step = dilations[^1],
            Stride = strides[^1],
            Whole = WholeOf(x[^1], node.Shape[^1], kernel[^1], strides[^1], dilations[^1], pads[spatial - 1]),
            Taps = kernel.Aggregate(1, (taps, size) => taps * size),
            MostRows = kernel.SkipLast(1).Aggregate(1, (rows, size) => rows * size),
            Lines = (int)node.Shape.CountOf(lead, node.Shape.Rank - 1),
        };
    }

    /// <summary>The first elements of a line's rows.</summary>
    /// <param name="line">The line.</param>
    /// <param name="rows">Room for <see cref="MostRows"/>.</param>
    public ReadOnlySpan<int> RowsOf(int line, Span<int> rows)
    {
        int lines = Lines, count = 1;
        rows[0] = 0;
        for (int axis = 0; axis < axes.Length - 1; axis++)
        {
            lines /= axes[axis].Length;
            (int at, line) = Math.DivRem(line, lines);
            count = Spread(rows, count, axes[axis][at], dilations[axis], extents[axis]);
        }

        foreach (ref int row in rows[..count])
        {
            row *= extents[^1];
        }

        return rows[..count];
    }

    // Each row becomes those of the next axis; from the last one on, so that no row is overwritten before it is read.
    private static int Spread(Span<int> rows, int count, (int Start, int End) range, int dilation, int extent)
    {
        int indices = Math.Max(range.End - range.Start + dilation - 1, 0) / dilation;
        for (int row = count - 1; row >= 0; row--)
        {
            int first = (rows[row] * extent) + range.Start;
            for (int index = indices - 1; index >= 0; index--)
            {
                rows[(row * indices) + index] = first + (index * dilation);
            }
        }

        return count * indices;
    }

    /// <summary>The start and the end of a window of a line along its rows.</summary>
    public (int Start, int End) Along(int column) => axes[^1][column];

    private static (int First, int End) WholeOf(int extent, int count, int size, int stride, int dilation, int begin)
    {
        int first = (begin + stride - 1) / stride;
        long last = (long)extent + begin - ((size - 1L) * dilation) - 1;
        return (Math.Min(first, count), last < 0 ? 0 : (int)Math.Min((last / stride) + 1, count));
    }

    private static (int Start, int End)[] Ranges(int extent, int count, int size, int stride, int dilation, int begin)
    {
        var ranges = new (int, int)[count];
        for (int o = 0; o < count; o++)
        {
            long first = ((long)o * stride) - begin, last = first + ((size - 1L) * dilation);
            first += first < 0 ? (-first + dilation - 1) / dilation * dilation : 0;
            ranges[o] = ((int)first, (int)Math.Min(last + 1, extent));
        }

        return ranges;
    }
}

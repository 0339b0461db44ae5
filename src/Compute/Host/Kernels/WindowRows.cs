using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>
/// The elements of windows over the last axes, borders left out: windows that differ along the last axis alone form a line, whose rows of the operand
/// are the same; along them each window takes elements from a start to an end.
/// </summary>
internal sealed class WindowRows
{
    private readonly int[] rows;
    private readonly int[] starts;
    private readonly (int Start, int End)[] along;

    private WindowRows(int[] rows, int[] starts, (int Start, int End)[] along) => (this.rows, this.starts, this.along) = (rows, starts, along);

    /// <summary>The elements of the operand that windows of one result plane lie in.</summary>
    public required int Plane { get; init; }

    /// <summary>From an element of a window to the next along the last axis.</summary>
    public required int Step { get; init; }

    /// <summary>From a window of a line to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>The windows of a line that no border cuts: from the first up to, not including, the end.</summary>
    public required (int First, int End) Whole { get; init; }

    /// <summary>The most elements of a window.</summary>
    public required int Taps { get; init; }

    /// <summary>The lines of a plane.</summary>
    public int Lines => starts.Length - 1;

    /// <summary>The windows of a line.</summary>
    public int Columns => along.Length;

    /// <summary>The windows of an ArgMaxPool.</summary>
    public static WindowRows Of(Node node)
    {
        int[] kernel = node.Integers("kernel_shape"), strides = node.Integers("strides"), dilations = node.Integers("dilations"), pads = node.Integers("pads");
        int spatial = kernel.Length, lead = node.Shape.Rank - spatial;
        Shape x = node.Inputs[0].Shape;
        (int Start, int End)[][] axes =
            [.. Enumerable.Range(0, spatial).Select(i => Ranges(x[lead + i], node.Shape[lead + i], kernel[i], strides[i], dilations[i], pads[i]))];
        var rows = new List<int>();
        var starts = new List<int> { 0 };
        AddLines(0, [0]);
        return new WindowRows([.. rows], [.. starts], axes[^1])
        {
            Plane = (int)x.CountOf(lead, x.Rank),
            Step = dilations[^1],
            Stride = strides[^1],
            Whole = WholeOf(x[^1], node.Shape[^1], kernel[^1], strides[^1], dilations[^1], pads[spatial - 1]),
            Taps = kernel.Aggregate(1, (taps, size) => taps * size),
        };

        void AddLines(int axis, int[] before)
        {
            if (axis == spatial - 1)
            {
                rows.AddRange(before.Select(row => row * x[lead + axis]));
                starts.Add(rows.Count);
                return;
            }

            foreach ((int start, int end) in axes[axis])
            {
                var next = new List<int>();
                foreach (int row in before)
                {
                    for (int at = start; at < end; at += dilations[axis])
                    {
                        next.Add((row * x[lead + axis]) + at);
                    }
                }

                AddLines(axis + 1, [.. next]);
            }
        }
    }

    /// <summary>The first elements of a line's rows.</summary>
    public ReadOnlySpan<int> RowsOf(int line) => new(rows, starts[line], starts[line + 1] - starts[line]);

    /// <summary>Where along its rows a window of a line starts, and where it has ended.</summary>
    public (int Start, int End) Along(int column) => along[column];

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

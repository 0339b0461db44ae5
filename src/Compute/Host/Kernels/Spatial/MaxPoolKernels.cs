using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>The position of the largest element of each window. Of equal elements the first counts; NaN is larger than all numbers.</summary>
internal static class MaxPoolKernels
{
    public static IEnumerable<(string Name, Kernel Kernel)> Rows() => [("ArgMaxPool", Typed.Of(Choose<double>, Choose<float>, Choose<long>))];

    private static void Choose<T>(KernelCall call)
        where T : unmanaged, INumber<T>
    {
        View x = call.Operands[0], result = call.Result;
        if (result.Count == 0)
        {
            return;
        }

        WindowSpans windows = WindowSpans.Of(call.Node);
        CancellationToken cancellationToken = call.Cancellation;
        Chunks.ForItems(result.Count / windows.Columns, (long)windows.Columns * windows.Taps, cancellationToken, (first, count) =>
        {
            var check = new CancellationCheck(cancellationToken);
            if (typeof(T) == typeof(float) && MaxPoolingLanes.IsSupported)
            {
                MaxPoolingLanes.Choose(x.Values<float>(), windows, first, first + count, result.Values<long>(), ref check);
                return;
            }

            int[] rows = new int[windows.MostRows];
            T[] tap = new T[windows.Columns], best = new T[windows.Columns];
            for (int line = first; line < first + count; line++)
            {
                (int plane, int row) = Math.DivRem(line, windows.Lines);
                Span<long> indices = result.Values<long>().Slice(line * windows.Columns, windows.Columns);
                ChooseLine(x.Values<T>().Slice(plane * windows.Plane, windows.Plane), windows, windows.RowsOf(row, rows), indices, tap, best,
                    ref check);
            }
        });
    }

    // Windows that differ only along the last axis have the same rows of the operand. Those that lie fully inside are processed tap by tap.
    private static void ChooseLine<T>(ReadOnlySpan<T> x, WindowSpans windows, ReadOnlySpan<int> rows, Span<long> indices, Span<T> tap, Span<T> best,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        (int first, int end) = windows.Whole;
        if (end <= first)
        {
            ChooseEach(x, windows, rows, indices, 0, ref check);
            return;
        }

        ChooseEach(x, windows, rows, indices[..first], 0, ref check);
        ChooseWhole(x, windows, rows, indices[first..end], tap[first..end], best[first..end], ref check);
        ChooseEach(x, windows, rows, indices[end..], end, ref check);
    }

    /// <summary>Processes the windows of a line one by one, from a column on: those that a border cuts.</summary>
    public static void ChooseEach<T>(ReadOnlySpan<T> x, WindowSpans windows, ReadOnlySpan<int> rows, Span<long> indices, int column,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < indices.Length; i++)
        {
            check.Before(windows.Taps);
            indices[i] = IndexOfMax(x, windows, rows, column + i);
        }
    }

    private static int IndexOfMax<T>(ReadOnlySpan<T> x, WindowSpans windows, ReadOnlySpan<int> rows, int column)
        where T : unmanaged, INumber<T>
    {
        (int start, int end) = windows.Along(column);
        int index = rows[0] + start;
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + end; at += windows.Step)
            {
                index = x[at] > x[index] || (T.IsNaN(x[at]) && !T.IsNaN(x[index])) ? at : index;
            }
        }

        return index;
    }

    private static void ChooseWhole<T>(ReadOnlySpan<T> x, WindowSpans windows, ReadOnlySpan<int> rows, Span<long> indices, Span<T> tap, Span<T> best,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        (int start, int end) = windows.Along(windows.Whole.First);
        bool isFirst = true;
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + end; at += windows.Step)
            {
                check.Before(indices.Length);
                Take(x[at..], windows.Stride, isFirst ? best : tap);
                if (isFirst)
                {
                    Number(indices, at, windows.Stride);
                }
                else
                {
                    Improve(tap, best, indices, at, windows.Stride);
                }

                isFirst = false;
            }
        }
    }

    private static void Take<T>(ReadOnlySpan<T> x, int stride, Span<T> taken)
    {
        if (stride == 1)
        {
            x[..taken.Length].CopyTo(taken);
            return;
        }

        for (int i = 0, at = 0; i < taken.Length; i++, at += stride)
        {
            taken[i] = x[at];
        }
    }

    private static void Number(Span<long> indices, int at, int stride)
    {
        for (int i = 0; i < indices.Length; i++, at += stride)
        {
            indices[i] = at;
        }
    }

    // Branch-free, since which of two elements is larger cannot be predicted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Improve<T>(ReadOnlySpan<T> tap, Span<T> best, Span<long> indices, int at, int stride)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < tap.Length; i++)
        {
            bool wins = tap[i] > best[i] || (T.IsNaN(tap[i]) && !T.IsNaN(best[i]));
            (best[i], indices[i]) = (wins ? tap[i] : best[i], wins ? at + ((long)i * stride) : indices[i]);
        }
    }
}

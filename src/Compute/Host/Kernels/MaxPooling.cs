using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Kernels;

/// <summary>The position of the largest element of each window. Of equal elements the first counts; NaN is larger than all numbers.</summary>
internal static class MaxPooling
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

        WindowRows windows = WindowRows.Of(call.Node);
        CancellationToken cancellation = call.Cancellation;
        Chunks.ForItems(result.Count / windows.Columns, (long)windows.Columns * windows.Taps, cancellation, (first, count) =>
        {
            var check = new CancellationCheck(cancellation);
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
                Span<long> places = result.Values<long>().Slice(line * windows.Columns, windows.Columns);
                ChooseLine(x.Values<T>().Slice(plane * windows.Plane, windows.Plane), windows, windows.RowsOf(row, rows), places, tap, best,
                    ref check);
            }
        });
    }

    // Windows that differ only along the last axis have the same rows of the operand. Those that lie fully inside are processed tap by tap.
    private static void ChooseLine<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, Span<long> places, Span<T> tap, Span<T> best,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        (int first, int end) = windows.Whole;
        if (end <= first)
        {
            ChooseEach(x, windows, rows, places, 0, ref check);
            return;
        }

        ChooseEach(x, windows, rows, places[..first], 0, ref check);
        ChooseWhole(x, windows, rows, places[first..end], tap[first..end], best[first..end], ref check);
        ChooseEach(x, windows, rows, places[end..], end, ref check);
    }

    /// <summary>Processes the windows of a line one by one, from a column on: those that a border cuts.</summary>
    public static void ChooseEach<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, Span<long> places, int column,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < places.Length; i++)
        {
            check.Before(windows.Taps);
            places[i] = Place(x, windows, rows, column + i);
        }
    }

    private static int Place<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, int column)
        where T : unmanaged, INumber<T>
    {
        (int start, int end) = windows.Along(column);
        int place = rows[0] + start;
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + end; at += windows.Step)
            {
                place = x[at] > x[place] || (T.IsNaN(x[at]) && !T.IsNaN(x[place])) ? at : place;
            }
        }

        return place;
    }

    private static void ChooseWhole<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, Span<long> places, Span<T> tap, Span<T> best,
        ref CancellationCheck check)
        where T : unmanaged, INumber<T>
    {
        (int start, int end) = windows.Along(windows.Whole.First);
        bool isFirst = true;
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + end; at += windows.Step)
            {
                check.Before(places.Length);
                Take(x[at..], windows.Stride, isFirst ? best : tap);
                if (isFirst)
                {
                    Number(places, at, windows.Stride);
                }
                else
                {
                    Improve(tap, best, places, at, windows.Stride);
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

    private static void Number(Span<long> places, int at, int stride)
    {
        for (int i = 0; i < places.Length; i++, at += stride)
        {
            places[i] = at;
        }
    }

    // Branch-free, since which of two elements is larger cannot be predicted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Improve<T>(ReadOnlySpan<T> tap, Span<T> best, Span<long> places, int at, int stride)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < tap.Length; i++)
        {
            bool wins = tap[i] > best[i] || (T.IsNaN(tap[i]) && !T.IsNaN(best[i]));
            (best[i], places[i]) = (wins ? tap[i] : best[i], wins ? at + ((long)i * stride) : places[i]);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Where the largest element of each window is. Of equals the first counts; NaN is larger than all numbers.</summary>
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
        Chunks.ForItems(result.Count / windows.Columns, (long)windows.Columns * windows.Taps, call.Cancellation, (first, count) =>
        {
            T[] tap = new T[windows.Columns], best = new T[windows.Columns];
            for (int line = first; line < first + count; line++)
            {
                (int plane, int row) = Math.DivRem(line, windows.Lines);
                Span<long> places = result.Values<long>().Slice(line * windows.Columns, windows.Columns);
                ChooseLine(x.Values<T>().Slice(plane * windows.Plane, windows.Plane), windows, windows.RowsOf(row), places, tap, best);
            }
        });
    }

    // Windows that differ along the last axis alone have the same rows of the operand. Those that are whole are gone through tap by tap.
    private static void ChooseLine<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, Span<long> places, Span<T> tap, Span<T> best)
        where T : unmanaged, INumber<T>
    {
        (int first, int end) = windows.Whole;
        for (int column = 0; column < places.Length; column++)
        {
            if (column == first && end > first)
            {
                ChooseWhole(x, windows, rows, places[first..end], tap[first..end], best[first..end]);
                column = end - 1;
                continue;
            }

            places[column] = Place(x, windows, rows, column);
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

    private static void ChooseWhole<T>(ReadOnlySpan<T> x, WindowRows windows, ReadOnlySpan<int> rows, Span<long> places, Span<T> tap, Span<T> best)
        where T : unmanaged, INumber<T>
    {
        (int start, int end) = windows.Along(windows.Whole.First);
        bool isFirst = true;
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + end; at += windows.Step)
            {
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

    // Without a branch: which of two elements is larger cannot be guessed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Improve<T>(ReadOnlySpan<T> tap, Span<T> best, Span<long> places, int at, int stride)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (Unsafe.SizeOf<T>() == sizeof(float) && Vector256.IsHardwareAccelerated)
        {
            ref float values = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(tap)), bests = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(best));
            ref long to = ref MemoryMarshal.GetReference(places);
            Vector256<long> here = Vector256.CreateSequence((long)at, stride), step = Vector256.Create(4L * stride);
            for (; i <= tap.Length - 4; i += 4, here += step)
            {
                Vector128<float> value = Vector128.LoadUnsafe(ref values, (nuint)i), leader = Vector128.LoadUnsafe(ref bests, (nuint)i);
                Vector128<float> wins = Vector128.GreaterThan(value, leader) | Vector128.AndNot(Vector128.Equals(leader, leader), Vector128.Equals(value, value));
                Vector128.ConditionalSelect(wins, value, leader).StoreUnsafe(ref bests, (nuint)i);
                (Vector128<long> low, Vector128<long> high) = Vector128.Widen(wins.AsInt32());
                Vector256.ConditionalSelect(Vector256.Create(low, high), here, Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < tap.Length; i++)
        {
            bool wins = tap[i] > best[i] || (T.IsNaN(tap[i]) && !T.IsNaN(best[i]));
            (best[i], places[i]) = (wins ? tap[i] : best[i], wins ? at + ((long)i * stride) : places[i]);
        }
    }
}

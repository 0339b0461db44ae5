using System.Numerics;

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
            for (int line = first; line < first + count; line++)
            {
                (int plane, int row) = Math.DivRem(line, windows.Lines);
                ChooseLine(x.Values<T>().Slice(plane * windows.Plane, windows.Plane), windows, row, result.Values<long>().Slice(line * windows.Columns, windows.Columns));
            }
        });
    }

    // Windows that differ along the last axis alone have the same rows of the operand.
    private static void ChooseLine<T>(ReadOnlySpan<T> x, WindowRows windows, int line, Span<long> places)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<int> rows = windows.RowsOf(line);
        for (int column = 0; column < places.Length; column++)
        {
            (int start, int end) = windows.Along(column);
            int place = rows[0] + start;
            T best = x[place];
            foreach (int row in rows)
            {
                for (int at = row + start; at < row + end; at += windows.Step)
                {
                    T value = x[at];
                    bool wins = value > best || (T.IsNaN(value) && !T.IsNaN(best));
                    (best, place) = (wins ? value : best, wins ? at : place);
                }
            }

            places[column] = place;
        }
    }
}

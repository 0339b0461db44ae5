using System.Numerics;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Sorts elements by value, equal ones by position, so that the order is unique; NaN counts as the largest.</summary>
/// <param name="sign">1 for ascending values, −1 for descending ones; positions always ascend.</param>
/// <param name="cancellationToken">Ends a long sort: checked between parts, and between stretches of a merge.</param>
internal sealed class Ranks<T>(int sign, CancellationToken cancellationToken)
    where T : INumber<T>
{
    // A part is sorted in a few milliseconds.
    private const int Part = 1 << 14;

    /// <summary>Sorts in place.</summary>
    public void Sort((T Value, int Index)[] order)
    {
        for (int start = 0; start < order.Length; start += Part)
        {
            cancellationToken.ThrowIfCancellationRequested();
            order.AsSpan(start, Math.Min(Part, order.Length - start)).Sort(Compare);
        }

        if (order.Length <= Part)
        {
            return;
        }

        (T, int)[] from = order, to = GC.AllocateUninitializedArray<(T, int)>(order.Length);
        for (long run = Part; run < order.Length; run *= 2)
        {
            MergeRuns(from, to, run);
            (from, to) = (to, from);
        }

        if (from != order)
        {
            Stretches.Copy(from, order, cancellationToken);
        }
    }

    private void MergeRuns((T, int)[] from, (T, int)[] to, long run)
    {
        for (long start = 0; start < from.Length; start += 2 * run)
        {
            long middle = Math.Min(start + run, from.Length), end = Math.Min(start + (2 * run), from.Length);
            Merge(from.AsSpan((int)start..(int)middle), from.AsSpan((int)middle..(int)end), to.AsSpan((int)start..(int)end));
        }
    }

    private void Merge(ReadOnlySpan<(T Value, int Index)> left, ReadOnlySpan<(T Value, int Index)> right, Span<(T, int)> to)
    {
        var check = new CancellationCheck(cancellationToken);
        for (int i = 0, j = 0, at = 0; at < to.Length; at++)
        {
            check.Before(1);
            bool takesLeft = j == right.Length || (i < left.Length && Compare(left[i], right[j]) < 0);
            to[at] = takesLeft ? left[i++] : right[j++];
        }
    }

    private int Compare((T Value, int Index) a, (T Value, int Index) b) =>
        Compare(a.Value, b.Value) is var c && c != 0 ? sign * c : a.Index.CompareTo(b.Index);

    private static int Compare(T x, T y) => x < y ? -1 : x > y ? 1 : T.IsNaN(x).CompareTo(T.IsNaN(y));
}

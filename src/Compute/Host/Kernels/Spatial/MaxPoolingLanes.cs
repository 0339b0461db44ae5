using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.Kernels.Spatial;

/// <summary>
/// The position of the largest element of each window in single precision, for eight windows of a line at a time: all their elements pass through
/// registers, with positions as 32-bit numbers, and only the result is written.
/// </summary>
internal static class MaxPoolingLanes
{
    private const int Lanes = 8;
    private const int FewRows = 64;

    // One element from each of eight windows. A type for each layout, so that the code is inlined into the loops.
    private interface ITap
    {
        static abstract Vector256<float> Load(ref float first, int stride);
    }

    /// <summary>True if the processor has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The positions for the lines of windows from <paramref name="line"/> up to, but not including, <paramref name="end"/>.</summary>
    public static void Choose(ReadOnlySpan<float> x, WindowSpans windows, int line, int end, Span<long> indices, ref CancellationCheck check)
    {
        switch (windows.Stride)
        {
            case 1: Choose<Adjacent>(x, windows, line, end, indices, ref check); break;
            case 2: Choose<EverySecond>(x, windows, line, end, indices, ref check); break;
            default: Choose<Apart>(x, windows, line, end, indices, ref check); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Choose<TTap>(ReadOnlySpan<float> x, WindowSpans windows, int line, int end, Span<long> result, ref CancellationCheck check)
        where TTap : struct, ITap
    {
        (int plane, int row) = Math.DivRem(line, windows.Lines);
        (int first, int last) = windows.Whole;
        Span<int> room = windows.MostRows <= FewRows ? stackalloc int[FewRows] : new int[windows.MostRows];
        for (; line < end; line++)
        {
            ReadOnlySpan<float> from = x[(plane * windows.Plane)..];
            ReadOnlySpan<int> rows = windows.RowsOf(row, room);
            Span<long> indices = result.Slice(line * windows.Columns, windows.Columns);
            (int before, int behind) = (indices.Length, indices.Length);
            if (last - first >= Lanes || (last > first && Reaches(from, windows, rows)))
            {
                ChooseWhole<TTap>(from, windows, rows, indices, ref check);
                (before, behind) = (first, last);
            }

            if (before > 0 || behind < indices.Length)
            {
                MaxPoolKernels.ChooseEach(from, windows, rows, indices[..before], 0, ref check);
                MaxPoolKernels.ChooseEach(from, windows, rows, indices[behind..], behind, ref check);
            }

            (plane, row) = row + 1 == windows.Lines ? (plane + 1, 0) : (plane, row + 1);
        }
    }

    // Fewer than eight windows can be processed as eight if the operand extends over what the missing ones would read.
    private static bool Reaches(ReadOnlySpan<float> x, WindowSpans windows, ReadOnlySpan<int> rows) =>
        rows[^1] + windows.Along(windows.Whole.First).End + ((Lanes - 1L) * windows.Stride) <= x.Length;

    // The last eight overlap the previous ones, whose positions are found twice and are the same.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChooseWhole<TTap>(ReadOnlySpan<float> x, WindowSpans windows, ReadOnlySpan<int> rows, Span<long> indices,
        ref CancellationCheck check)
        where TTap : struct, ITap
    {
        (int first, int end) = windows.Whole;
        (int stride, int step) = (windows.Stride, windows.Step);
        (int start, int stop) = windows.Along(first);
        bool arePairs = typeof(TTap) == typeof(EverySecond) && rows.Length == 2 && stop - start == 2;
        ref float values = ref MemoryMarshal.GetReference(x);
        Vector256<int> apart = Vector256<int>.Indices * stride;
        for (int column = first; column < end; column += Lanes)
        {
            check.Before(windows.Taps);
            column = Math.Max(Math.Min(column, end - Lanes), first);
            int shift = (column - first) * stride, at = rows[0] + start + shift;
            Vector256<int> where = arePairs
                ? Vector256.Create(at) + MaxPoolingPairs.Distances(ref Unsafe.Add(ref values, at), rows[1] - rows[0])
                : Find<TTap>(ref values, rows, start + shift, stop + shift, step, stride);
            Store(where + apart, indices[column..Math.Min(column + Lanes, end)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Find<TTap>(ref float values, ReadOnlySpan<int> rows, int start, int stop, int step, int stride)
        where TTap : struct, ITap
    {
        Vector256<float> best = Vector256.Create(float.NegativeInfinity);
        Vector256<int> where = Vector256.Create(rows[0] + start);
        foreach (int row in rows)
        {
            for (int at = row + start; at < row + stop; at += step)
            {
                Vector256<float> value = TTap.Load(ref Unsafe.Add(ref values, at), stride), wins = Wins(value, best);
                best = Select(wins, value, best);
                where = Select(wins, Vector256.Create(at).AsSingle(), where.AsSingle()).AsInt32();
            }
        }

        return where;
    }

    /// <summary>True, as a mask, if a value replaces the best one seen: not ≤, which is false for NaN, unless there is already a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Wins(Vector256<float> value, Vector256<float> best) =>
        Vector256.AndNot(Vector256.Equals(best, best), Vector256.LessThanOrEqual(value, best));

    // One instruction: the JIT does not recognize that the mask consists of whole lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Select(Vector256<float> wins, Vector256<float> value, Vector256<float> other) =>
        Avx.BlendVariable(other, value, wins);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> where, Span<long> indices)
    {
        (Vector256<long> low, Vector256<long> high) = Vector256.Widen(where);
        if (indices.Length == Lanes)
        {
            ref long to = ref MemoryMarshal.GetReference(indices);
            low.StoreUnsafe(ref to);
            high.StoreUnsafe(ref to, Lanes / 2);
            return;
        }

        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = i < Lanes / 2 ? low[i] : high[i - (Lanes / 2)];
        }
    }

    private readonly struct Adjacent : ITap
    {
        public static Vector256<float> Load(ref float first, int stride) => Vector256.LoadUnsafe(ref first);
    }

    // Two halves that reach no further than the last element used: the first eight elements from here, and the eight that end with it.
    private readonly struct EverySecond : ITap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Load(ref float first, int stride)
        {
            Vector256<float> low = Vector256.Shuffle(Vector256.LoadUnsafe(ref first), Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6));
            Vector256<float> high = Vector256.Shuffle(Vector256.LoadUnsafe(ref first, 7), Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7));
            return Select(Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle(), low, high);
        }
    }

    private readonly struct Apart : ITap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Load(ref float first, int stride) => Vector256.Create(
            first,
            Unsafe.Add(ref first, stride),
            Unsafe.Add(ref first, 2 * stride),
            Unsafe.Add(ref first, 3 * stride),
            Unsafe.Add(ref first, 4 * stride),
            Unsafe.Add(ref first, 5 * stride),
            Unsafe.Add(ref first, 6 * stride),
            Unsafe.Add(ref first, 7 * stride));
    }
}

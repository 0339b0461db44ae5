using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>A block of 4 rows: its 12 sums leave room for the operands among 16 vector registers.</summary>
internal readonly unsafe struct Tile4<T, V, L> : ITile<T>
    where T : unmanaged
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    public static int Rows => 4;

    public static int Lanes => L.Count;

    // Tiered code would run its first calls unoptimized, with every vector in memory; a caller's variables would take the registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(in TileOperands<T> operands, T* c, nint strideC, bool accumulate)
    {
        // Packed terms are at distances known here, so that no instruction is spent on computing them.
        if (operands is { RowA: 1, StepA: 4 } && operands.StepB == 3 * L.Count)
        {
            Multiply(operands, 1, 4, 3 * L.Count, c, strideC, accumulate);
        }
        else
        {
            Multiply(operands, operands.RowA, operands.StepA, operands.StepB, c, strideC, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyNarrow(in TileOperands<T> operands, T* c, nint strideC)
    {
        T* a = (T*)operands.A, b = (T*)operands.B;
        nint row = operands.RowA, step = operands.StepA, stepB = operands.StepB;
        nint row2 = 2 * row, row3 = 3 * row;
        T* a1 = a + step;
        V c0 = default, c1 = default, c2 = default, c3 = default;
        V d0 = default, d1 = default, d2 = default, d3 = default;
        int k = operands.K;

        // Four sums would wait for one another, so the odd terms have sums of their own.
        for (; k >= 2; k -= 2)
        {
            V y = L.Load(b), z = L.Load(b + stepB);
            c0 = L.MultiplyAdd(L.Fill(*a), y, c0);
            c1 = L.MultiplyAdd(L.Fill(a[row]), y, c1);
            c2 = L.MultiplyAdd(L.Fill(a[row2]), y, c2);
            c3 = L.MultiplyAdd(L.Fill(a[row3]), y, c3);
            d0 = L.MultiplyAdd(L.Fill(*a1), z, d0);
            d1 = L.MultiplyAdd(L.Fill(a1[row]), z, d1);
            d2 = L.MultiplyAdd(L.Fill(a1[row2]), z, d2);
            d3 = L.MultiplyAdd(L.Fill(a1[row3]), z, d3);
            a += 2 * step;
            a1 += 2 * step;
            b += 2 * stepB;
        }

        if (k > 0)
        {
            V y = L.Load(b);
            c0 = L.MultiplyAdd(L.Fill(*a), y, c0);
            c1 = L.MultiplyAdd(L.Fill(a[row]), y, c1);
            c2 = L.MultiplyAdd(L.Fill(a[row2]), y, c2);
            c3 = L.MultiplyAdd(L.Fill(a[row3]), y, c3);
        }

        L.Store(L.Add(c0, d0), c);
        L.Store(L.Add(c1, d1), c + strideC);
        L.Store(L.Add(c2, d2), c + (2 * strideC));
        L.Store(L.Add(c3, d3), c + (3 * strideC));
    }

    // Four terms per iteration: a core shared by two programs takes only a few instructions per cycle, and those that only count and step are
    // overhead.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(in TileOperands<T> operands, nint row, nint step, nint stepB, T* c, nint strideC, bool accumulate)
    {
        Cache.Expect(c, strideC, Rows, 3 * L.Count);
        T* a0 = (T*)operands.A, a1 = a0 + step, a2 = a1 + step, a3 = a2 + step, b = (T*)operands.B;
        nint row2 = 2 * row, row3 = 3 * row;
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        int k = operands.K;
        for (; k >= 4; k -= 4)
        {
            Term(a0, row, row2, row3, b, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
            Term(a1, row, row2, row3, b + stepB, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31,
                ref c32);
            Term(a2, row, row2, row3, b + (2 * stepB), ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30,
                ref c31, ref c32);
            Term(a3, row, row2, row3, b + (3 * stepB), ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30,
                ref c31, ref c32);
            a0 += 4 * step;
            a1 += 4 * step;
            a2 += 4 * step;
            a3 += 4 * step;
            b += 4 * stepB;
        }

        for (; k > 0; k--)
        {
            Term(a0, row, row2, row3, b, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
            a0 += step;
            b += stepB;
        }

        TileRow<T, V, L>.Put(c, c00, c01, c02, accumulate);
        TileRow<T, V, L>.Put(c + strideC, c10, c11, c12, accumulate);
        TileRow<T, V, L>.Put(c + (2 * strideC), c20, c21, c22, accumulate);
        TileRow<T, V, L>.Put(c + (3 * strideC), c30, c31, c32, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Term(
        T* a,
        nint row,
        nint row2,
        nint row3,
        T* b,
        ref V c00, ref V c01, ref V c02,
        ref V c10, ref V c11, ref V c12,
        ref V c20, ref V c21, ref V c22,
        ref V c30, ref V c31, ref V c32)
    {
        V b0 = L.Load(b), b1 = L.Load(b + L.Count), b2 = L.Load(b + (2 * L.Count));
        TileRow<T, V, L>.Add(L.Fill(*a), b0, b1, b2, ref c00, ref c01, ref c02);
        TileRow<T, V, L>.Add(L.Fill(a[row]), b0, b1, b2, ref c10, ref c11, ref c12);
        TileRow<T, V, L>.Add(L.Fill(a[row2]), b0, b1, b2, ref c20, ref c21, ref c22);
        TileRow<T, V, L>.Add(L.Fill(a[row3]), b0, b1, b2, ref c30, ref c31, ref c32);
    }
}

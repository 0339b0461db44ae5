using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>A block of 8 rows: its 24 sums leave room for the operands among 32 vector registers.</summary>
internal readonly unsafe struct Tile8<T, V, L> : ITile<T>
    where T : unmanaged
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    public static int Rows => 8;

    public static int Lanes => L.Count;

    // Tiered code would run its first calls unoptimized, with every vector in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in TileOperands<T> operands, T* c, nint strideC, bool accumulate)
    {
        Cache.Expect(c, strideC, Rows, 3 * L.Count);
        T* a = (T*)operands.A, b = (T*)operands.B;
        nint row = operands.RowA, step = operands.StepA, stepB = operands.StepB;
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        V c40 = default, c41 = default, c42 = default;
        V c50 = default, c51 = default, c52 = default;
        V c60 = default, c61 = default, c62 = default;
        V c70 = default, c71 = default, c72 = default;
        T* low = a + (4 * row);
        nint row2 = 2 * row, row3 = 3 * row;
        for (int k = operands.K; k > 0; k--)
        {
            V b0 = L.Load(b), b1 = L.Load(b + L.Count), b2 = L.Load(b + (2 * L.Count));
            V x = L.Fill(*a);
            (c00, c01, c02) = (L.MultiplyAdd(x, b0, c00), L.MultiplyAdd(x, b1, c01), L.MultiplyAdd(x, b2, c02));
            x = L.Fill(a[row]);
            (c10, c11, c12) = (L.MultiplyAdd(x, b0, c10), L.MultiplyAdd(x, b1, c11), L.MultiplyAdd(x, b2, c12));
            x = L.Fill(a[row2]);
            (c20, c21, c22) = (L.MultiplyAdd(x, b0, c20), L.MultiplyAdd(x, b1, c21), L.MultiplyAdd(x, b2, c22));
            x = L.Fill(a[row3]);
            (c30, c31, c32) = (L.MultiplyAdd(x, b0, c30), L.MultiplyAdd(x, b1, c31), L.MultiplyAdd(x, b2, c32));
            x = L.Fill(*low);
            (c40, c41, c42) = (L.MultiplyAdd(x, b0, c40), L.MultiplyAdd(x, b1, c41), L.MultiplyAdd(x, b2, c42));
            x = L.Fill(low[row]);
            (c50, c51, c52) = (L.MultiplyAdd(x, b0, c50), L.MultiplyAdd(x, b1, c51), L.MultiplyAdd(x, b2, c52));
            x = L.Fill(low[row2]);
            (c60, c61, c62) = (L.MultiplyAdd(x, b0, c60), L.MultiplyAdd(x, b1, c61), L.MultiplyAdd(x, b2, c62));
            x = L.Fill(low[row3]);
            (c70, c71, c72) = (L.MultiplyAdd(x, b0, c70), L.MultiplyAdd(x, b1, c71), L.MultiplyAdd(x, b2, c72));
            a += step;
            low += step;
            b += stepB;
        }

        TileRow<T, V, L>.Put(c, c00, c01, c02, accumulate);
        TileRow<T, V, L>.Put(c + strideC, c10, c11, c12, accumulate);
        TileRow<T, V, L>.Put(c + (2 * strideC), c20, c21, c22, accumulate);
        TileRow<T, V, L>.Put(c + (3 * strideC), c30, c31, c32, accumulate);
        TileRow<T, V, L>.Put(c + (4 * strideC), c40, c41, c42, accumulate);
        TileRow<T, V, L>.Put(c + (5 * strideC), c50, c51, c52, accumulate);
        TileRow<T, V, L>.Put(c + (6 * strideC), c60, c61, c62, accumulate);
        TileRow<T, V, L>.Put(c + (7 * strideC), c70, c71, c72, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyNarrow(in TileOperands<T> operands, T* c, nint strideC)
    {
        T* a = (T*)operands.A, b = (T*)operands.B;
        nint row = operands.RowA, step = operands.StepA, stepB = operands.StepB;
        V c0 = default, c1 = default, c2 = default, c3 = default;
        V c4 = default, c5 = default, c6 = default, c7 = default;
        T* low = a + (4 * row);
        nint row2 = 2 * row, row3 = 3 * row;
        for (int k = operands.K; k > 0; k--)
        {
            V y = L.Load(b);
            c0 = L.MultiplyAdd(L.Fill(*a), y, c0);
            c1 = L.MultiplyAdd(L.Fill(a[row]), y, c1);
            c2 = L.MultiplyAdd(L.Fill(a[row2]), y, c2);
            c3 = L.MultiplyAdd(L.Fill(a[row3]), y, c3);
            c4 = L.MultiplyAdd(L.Fill(*low), y, c4);
            c5 = L.MultiplyAdd(L.Fill(low[row]), y, c5);
            c6 = L.MultiplyAdd(L.Fill(low[row2]), y, c6);
            c7 = L.MultiplyAdd(L.Fill(low[row3]), y, c7);
            a += step;
            low += step;
            b += stepB;
        }

        L.Store(c0, c);
        L.Store(c1, c + strideC);
        L.Store(c2, c + (2 * strideC));
        L.Store(c3, c + (3 * strideC));
        L.Store(c4, c + (4 * strideC));
        L.Store(c5, c + (5 * strideC));
        L.Store(c6, c + (6 * strideC));
        L.Store(c7, c + (7 * strideC));
    }
}

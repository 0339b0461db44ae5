using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm;

/// <summary>A block of 4 rows: its 12 sums leave room for the operands among 16 vector registers.</summary>
internal readonly unsafe struct Tile4<T, V, L> : ITile<T>
    where T : unmanaged
    where V : struct
    where L : struct, ILanes<T, V>
{
    public static int Rows => 4;

    public static int Lanes => L.Count;

    // Tiered code would run its first calls unoptimised, each vector in memory.
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
            a += step;
            b += stepB;
        }

        Put(c, c00, c01, c02, accumulate);
        Put(c + strideC, c10, c11, c12, accumulate);
        Put(c + (2 * strideC), c20, c21, c22, accumulate);
        Put(c + (3 * strideC), c30, c31, c32, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyNarrow(in TileOperands<T> operands, T* c, nint strideC)
    {
        T* a = (T*)operands.A, b = (T*)operands.B;
        nint row = operands.RowA, step = operands.StepA, stepB = operands.StepB;
        V c0 = default, c1 = default, c2 = default, c3 = default;
        nint row2 = 2 * row, row3 = 3 * row;
        for (int k = operands.K; k > 0; k--)
        {
            V y = L.Load(b);
            c0 = L.MultiplyAdd(L.Fill(*a), y, c0);
            c1 = L.MultiplyAdd(L.Fill(a[row]), y, c1);
            c2 = L.MultiplyAdd(L.Fill(a[row2]), y, c2);
            c3 = L.MultiplyAdd(L.Fill(a[row3]), y, c3);
            a += step;
            b += stepB;
        }

        L.Store(c0, c);
        L.Store(c1, c + strideC);
        L.Store(c2, c + (2 * strideC));
        L.Store(c3, c + (3 * strideC));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* c, V v0, V v1, V v2, bool accumulate)
    {
        if (accumulate)
        {
            v0 = L.Add(L.Load(c), v0);
            v1 = L.Add(L.Load(c + L.Count), v1);
            v2 = L.Add(L.Load(c + (2 * L.Count)), v2);
        }

        L.Store(v0, c);
        L.Store(v1, c + L.Count);
        L.Store(v2, c + (2 * L.Count));
    }
}

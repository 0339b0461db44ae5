using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>The sums of 4 rows by 3 columns, with vectors along the terms: if those are contiguous in both operands, no packing is needed.</summary>
internal static unsafe class DotTile<T, V, L>
    where T : unmanaged
    where V : struct
    where L : struct, IGemmVector<T, V>
{
    /// <summary>The rows of the block.</summary>
    public const int Rows = 4;

    /// <summary>The columns of the block.</summary>
    public const int Columns = 3;

    /// <summary>Writes the 12 sums row by row.</summary>
    /// <param name="terms">Their number, a multiple of the lanes.</param>
    /// <param name="a">The four rows.</param>
    /// <param name="termsA">The offset of each term from the start of a row.</param>
    /// <param name="b">The three columns.</param>
    /// <param name="termsB">The offset of each term from the start of a column.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(int terms, T** a, int* termsA, T** b, int* termsB, T* sums)
    {
        T* a0 = a[0], b0 = b[0], b1 = b[1], b2 = b[2];
        nint row1 = (nint)(a[1] - a0), row2 = (nint)(a[2] - a0), row3 = (nint)(a[3] - a0);
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        int k = 0;
        for (; k <= terms - (2 * L.Count); k += 2 * L.Count)
        {
            Term(a0 + termsA[k], row1, row2, row3, b0, b1, b2, termsB[k], ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21,
                ref c22, ref c30, ref c31, ref c32);
            Term(a0 + termsA[k + L.Count], row1, row2, row3, b0, b1, b2, termsB[k + L.Count], ref c00, ref c01, ref c02, ref c10, ref c11, ref c12,
                ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
        }

        if (k < terms)
        {
            Term(a0 + termsA[k], row1, row2, row3, b0, b1, b2, termsB[k], ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21,
                ref c22, ref c30, ref c31, ref c32);
        }

        Put(sums, c00, c01, c02);
        Put(sums + Columns, c10, c11, c12);
        Put(sums + (2 * Columns), c20, c21, c22);
        Put(sums + (3 * Columns), c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Term(
        T* a,
        nint row1,
        nint row2,
        nint row3,
        T* b0,
        T* b1,
        T* b2,
        nint term,
        ref V c00, ref V c01, ref V c02,
        ref V c10, ref V c11, ref V c12,
        ref V c20, ref V c21, ref V c22,
        ref V c30, ref V c31, ref V c32)
    {
        V y0 = L.Load(b0 + term), y1 = L.Load(b1 + term), y2 = L.Load(b2 + term);
        TileRow<T, V, L>.Add(L.Load(a), y0, y1, y2, ref c00, ref c01, ref c02);
        TileRow<T, V, L>.Add(L.Load(a + row1), y0, y1, y2, ref c10, ref c11, ref c12);
        TileRow<T, V, L>.Add(L.Load(a + row2), y0, y1, y2, ref c20, ref c21, ref c22);
        TileRow<T, V, L>.Add(L.Load(a + row3), y0, y1, y2, ref c30, ref c31, ref c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* sums, V c0, V c1, V c2)
    {
        sums[0] = L.Sum(c0);
        sums[1] = L.Sum(c1);
        sums[2] = L.Sum(c2);
    }
}

using Backprop.Compute.Devices.Functions;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Matrix products for OpenCL devices that are processors: they have caches instead of shared memory, and synchronizing groups is expensive for them.
/// A thread computes four by four elements, directly from memory.
/// </summary>
internal static class ProcessorProducts
{
    private const int Micro = 4;

    /// <summary>The kernel; the numbers are m, k, n and the first elements of the matrices of both operands.</summary>
    public static void Multiply<T, A>(Index1D thread, Items items, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int m = (int)numbers[0], k = (int)numbers[1], n = (int)numbers[2];
        int columns = ((n - 1) / Micro) + 1, tiles = columns * (((m - 1) / Micro) + 1), batches = ((int)numbers.Length - 3) / 2;
        int batch = index / tiles, row = index % tiles / columns * Micro, column = index % columns * Micro;

        // Beyond the edge the last row and column are computed again, but not written.
        long start = numbers[3 + batch], row0 = start + ((long)row * k), last = start + ((long)(m - 1) * k);
        long row1 = Lesser(row0 + k, last), row2 = Lesser(row1 + k, last), row3 = Lesser(row2 + k, last);
        long at = numbers[3 + batches + batch];
        int column1 = column + 1 < n ? column + 1 : n - 1, column2 = column + 2 < n ? column + 2 : n - 1, column3 = column + 3 < n ? column + 3
            : n - 1;
        ArrayView<T> to = c.SubView((long)batch * m * n, (long)m * n);
        int from = items.Round * ProductTile.TermsOfRound, end = from + ProductTile.TermsOfRound < k ? from + ProductTile.TermsOfRound : k;
        at += (long)from * n;
        T c00 = A.Zero, c01 = A.Zero, c02 = A.Zero, c03 = A.Zero, c10 = A.Zero, c11 = A.Zero, c12 = A.Zero, c13 = A.Zero;
        T c20 = A.Zero, c21 = A.Zero, c22 = A.Zero, c23 = A.Zero, c30 = A.Zero, c31 = A.Zero, c32 = A.Zero, c33 = A.Zero;
        if (from > 0)
        {
            ProductTile.Load(to, row, column, 1, m, n, ref c00, ref c01, ref c02, ref c03);
            ProductTile.Load(to, row + 1, column, 1, m, n, ref c10, ref c11, ref c12, ref c13);
            ProductTile.Load(to, row + 2, column, 1, m, n, ref c20, ref c21, ref c22, ref c23);
            ProductTile.Load(to, row + 3, column, 1, m, n, ref c30, ref c31, ref c32, ref c33);
        }

        for (int i = from; i < end; i++)
        {
            T a0 = a[row0 + i], a1 = a[row1 + i], a2 = a[row2 + i], a3 = a[row3 + i];
            T b0 = b[at + column], b1 = b[at + column1], b2 = b[at + column2], b3 = b[at + column3];
            at += n;
            (c00, c01, c02, c03) = (A.MultiplyAdd(a0, b0, c00), A.MultiplyAdd(a0, b1, c01), A.MultiplyAdd(a0, b2, c02), A.MultiplyAdd(a0, b3, c03));
            (c10, c11, c12, c13) = (A.MultiplyAdd(a1, b0, c10), A.MultiplyAdd(a1, b1, c11), A.MultiplyAdd(a1, b2, c12), A.MultiplyAdd(a1, b3, c13));
            (c20, c21, c22, c23) = (A.MultiplyAdd(a2, b0, c20), A.MultiplyAdd(a2, b1, c21), A.MultiplyAdd(a2, b2, c22), A.MultiplyAdd(a2, b3, c23));
            (c30, c31, c32, c33) = (A.MultiplyAdd(a3, b0, c30), A.MultiplyAdd(a3, b1, c31), A.MultiplyAdd(a3, b2, c32), A.MultiplyAdd(a3, b3, c33));
        }

        ProductTile.Store(to, row, column, 1, m, n, c00, c01, c02, c03);
        ProductTile.Store(to, row + 1, column, 1, m, n, c10, c11, c12, c13);
        ProductTile.Store(to, row + 2, column, 1, m, n, c20, c21, c22, c23);
        ProductTile.Store(to, row + 3, column, 1, m, n, c30, c31, c32, c33);
    }

    private static long Lesser(long x, long y) => x < y ? x : y;
}

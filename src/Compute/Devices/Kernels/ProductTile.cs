using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Writes the sums of a thread, as far as they are within the result, and reloads them: long sums are computed in rounds.</summary>
internal static class ProductTile
{
    /// <summary>The terms that are added per round; a multiple of what a group loads into shared memory at a time.</summary>
    public const int TermsOfRound = 1 << 10;

    /// <summary>Four numbers of a row, <paramref name="side"/> columns apart.</summary>
    public static void Load<T>(ArrayView<T> from, int row, int column, int side, int m, int n, ref T v0, ref T v1, ref T v2, ref T v3)
        where T : unmanaged
    {
        if (row >= m)
        {
            return;
        }

        long start = (long)row * n;
        v0 = column < n ? from[start + column] : v0;
        v1 = column + side < n ? from[start + column + side] : v1;
        v2 = column + (2 * side) < n ? from[start + column + (2 * side)] : v2;
        v3 = column + (3 * side) < n ? from[start + column + (3 * side)] : v3;
    }

    /// <summary>Four numbers of a row, <paramref name="side"/> columns apart.</summary>
    public static void Store<T>(ArrayView<T> to, int row, int column, int side, int m, int n, T v0, T v1, T v2, T v3)
        where T : unmanaged
    {
        if (row >= m)
        {
            return;
        }

        long start = (long)row * n;
        Put(to, start, column, n, v0);
        Put(to, start, column + side, n, v1);
        Put(to, start, column + (2 * side), n, v2);
        Put(to, start, column + (3 * side), n, v3);
    }

    private static void Put<T>(ArrayView<T> to, long start, int column, int n, T value)
        where T : unmanaged
    {
        if (column < n)
        {
            to[start + column] = value;
        }
    }
}

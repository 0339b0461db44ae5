using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Writes the sums of a thread, as far as they lie in the result.</summary>
internal static class ProductTile
{
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

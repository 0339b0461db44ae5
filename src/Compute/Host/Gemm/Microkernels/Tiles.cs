using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Compute.Host.Gemm.Panels;

namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>Tiles at the edges of the result, of which only a part is needed.</summary>
internal static unsafe class Tiles<T, TTile>
    where T : unmanaged, INumber<T>
    where TTile : ITile<T>
{
    /// <summary>
    /// Writes the first <paramref name="height"/> rows and <paramref name="width"/> columns of a tile; the operands are read in full.
    /// </summary>
    public static void Multiply(in TileOperands<T> operands, T* c, nint strideC, int height, int width, bool accumulate)
    {
        if (height == TTile.Rows && width == 3 * TTile.Lanes)
        {
            TTile.Multiply(operands, c, strideC, accumulate);
        }
        else
        {
            Edge(operands, c, strideC, height, width, accumulate);
        }
    }

    // The tile is written before it is read: clearing it would take longer than a short sum.
    [SkipLocalsInit]
    private static void Edge(in TileOperands<T> operands, T* c, nint strideC, int height, int width, bool accumulate)
    {
        int full = 3 * TTile.Lanes;
        T* tile = stackalloc T[TTile.Rows * full];
        if (width > 2 * TTile.Lanes)
        {
            TTile.Multiply(operands, tile, full, false);
        }
        else
        {
            for (int column = 0; column < width; column += TTile.Lanes)
            {
                TTile.MultiplyNarrow(operands with { B = operands.B + (column * sizeof(T)) }, tile + column, full);
            }
        }

        for (int row = 0; row < height; row++)
        {
            T* from = tile + (row * full), to = c + (row * strideC);
            if (accumulate)
            {
                var sums = new Span<T>(to, width);
                TensorPrimitives.Add(sums, new ReadOnlySpan<T>(from, width), sums);
            }
            else
            {
                Packing.Copy(from, to, width);
            }
        }
    }
}

using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Gemm;

/// <summary>Copies slivers of an operand to where a tile reads them: term by term, each term's elements side by side.</summary>
internal static unsafe class Packing
{
    /// <summary>Writes target[p·width + i] = source[p·step + i·side] for i &lt; count, and 0 for the rest of the width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sliver<T>(T* source, nint step, nint side, int terms, int count, T* target, int width)
        where T : unmanaged
    {
        if (side == 1)
        {
            Rows(source, step, terms, count, target, width);
            return;
        }

        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Eight(source + (i * side), step, side, terms, target + i, width);
        }

        for (; i < count; i++)
        {
            T* from = source + (i * side), to = target + i;
            for (int p = terms; p > 0; p--, from += step, to += width)
            {
                *to = *from;
            }
        }

        for (; i < width; i++)
        {
            T* to = target + i;
            for (int p = terms; p > 0; p--, to += width)
            {
                *to = default;
            }
        }
    }

    private static void Rows<T>(T* source, nint step, int terms, int count, T* target, int width)
        where T : unmanaged
    {
        for (int p = 0; p < terms; p++, source += step, target += width)
        {
            new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
            new Span<T>(target + count, width - count).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<T>(T* source, nint step, nint side, int terms, T* target, int width)
        where T : unmanaged
    {
        T* low = source + (4 * side);
        nint side2 = 2 * side, side3 = 3 * side;
        for (int p = terms; p > 0; p--)
        {
            (target[0], target[1], target[2], target[3]) = (*source, source[side], source[side2], source[side3]);
            (target[4], target[5], target[6], target[7]) = (*low, low[side], low[side2], low[side3]);
            source += step;
            low += step;
            target += width;
        }
    }
}

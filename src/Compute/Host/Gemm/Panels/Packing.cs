using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Gemm.Panels;

/// <summary>Packs micro-panels of an operand for a tile: term by term, each term's elements contiguous.</summary>
internal static unsafe class Packing
{
    /// <summary>Writes target[p·width + i] = source[p·step + i·side] for i &lt; count and p &lt; terms, and 0 for the rest of the width.</summary>
    public static void MicroPanel<T>(T* source, nint step, nint side, int terms, int count, T* target, int width)
        where T : unmanaged
    {
        if (count < width)
        {
            new Span<T>(target, terms * width).Clear();
        }

        if (side == 1)
        {
            Rows(source, step, terms, count, target, width);
            return;
        }

        int block = step == 1 ? Transposition.Side<T>() : 0, i = 0;
        for (; block > 0 && i + block <= count; i += block)
        {
            int p = Blocks(source + (i * side), side, terms, target + i, width);
            Elements(source + (i * side) + p, step, side, terms - p, block, target + i + ((nint)p * width), width);
        }

        for (int narrow = step == 1 ? Transposition.NarrowSide<T>() : 0; narrow > 0 && i + narrow <= count; i += narrow)
        {
            int p = NarrowBlocks(source + (i * side), side, terms, target + i, width);
            Elements(source + (i * side) + p, step, side, terms - p, narrow, target + i + ((nint)p * width), width);
        }

        Elements(source + (i * side), step, side, terms, count - i, target + i, width);
    }

    /// <summary>Copies a few elements, for which a call would take longer than the copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T* source, T* target, int count)
        where T : unmanaged
    {
        int i = 0;
        for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
        {
            Vector256.Load(source + i).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T>(T* source, nint step, int terms, int count, T* target, int width)
        where T : unmanaged
    {
        for (int p = 0; p < terms; p++, source += step, target += width)
        {
            Copy(source, target, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Blocks<T>(T* source, nint side, int terms, T* target, int width)
        where T : unmanaged
    {
        int block = Transposition.Side<T>(), p = 0;
        for (; p + block <= terms; p += block)
        {
            Transposition.Block(source + p, side, target + ((nint)p * width), width);
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int NarrowBlocks<T>(T* source, nint side, int terms, T* target, int width)
        where T : unmanaged
    {
        int block = Transposition.NarrowSide<T>(), p = 0;
        for (; p + block <= terms; p += block, source += block)
        {
            Transposition.Narrow(source, source + side, source + (2 * side), source + (3 * side), target + ((nint)p * width), width);
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Elements<T>(T* source, nint step, nint side, int terms, int count, T* target, int width)
        where T : unmanaged
    {
        for (int p = 0; p < terms; p++, source += step, target += width)
        {
            for (int i = 0; i < count; i++)
            {
                target[i] = source[i * side];
            }
        }
    }
}

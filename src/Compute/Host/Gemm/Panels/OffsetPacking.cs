using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.Gemm.Panels;

/// <summary>
/// The same copies as <see cref="Packing"/> for an operand whose elements are addressed by the sum of two offsets, one for the term and one for the
/// side: the windows of a convolution are multiplied without being materialized (implicit im2col).
/// </summary>
internal static unsafe class OffsetPacking
{
    private const int ShortRun = 4;

    /// <summary>
    /// Writes target[p·width + i] = source[terms[p] + sides[i]] for i &lt; count and p &lt; termCount, and 0 for the rest of the width.
    /// </summary>
    public static void MicroPanel<T>(T* source, int* terms, int* sides, int termCount, int count, T* target, int width)
        where T : unmanaged
    {
        if (count < width)
        {
            new Span<T>(target, termCount * width).Clear();
        }

        // Contiguous sides are copied as rows; for the other sides, contiguous terms are copied as blocks.
        for (int i = Vectors(source, terms, sides, termCount, count, target, width); i < count;)
        {
            int run = Run(sides + i, count - i);
            if (run < ShortRun)
            {
                int end = i + run;
                while (end < count && Run(sides + end, count - end) is var next && next < ShortRun)
                {
                    end += next;
                }

                Blocks(source, terms, sides + i, termCount, end - i, target + i, width);
                i = end;
                continue;
            }

            Rows(source + sides[i], terms, termCount, run, target + i, width);
            i += run;
        }
    }

    /// <summary>How many of the offsets, from the first on, are contiguous.</summary>
    public static int Run(int* offsets, int count)
    {
        int run = 1;
        while (run < count && offsets[run] == offsets[0] + run)
        {
            run++;
        }

        return run;
    }

    /// <summary>Whether the offsets, a multiple of the lanes in number, form whole vectors of contiguous elements.</summary>
    public static bool InVectors(int* offsets, int count, int lanes)
    {
        for (int at = 0; at < count; at += lanes)
        {
            if (Run(offsets + at, lanes) < lanes)
            {
                return false;
            }
        }

        return true;
    }

    // Three vectors at a time as long as the sides form whole vectors, as most windows of a convolution do.
    private static int Vectors<T>(T* source, int* terms, int* sides, int termCount, int count, T* target, int width)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count, i = 0;
        for (; i + (3 * lanes) <= count && InVectors(sides + i, 3 * lanes, lanes); i += 3 * lanes)
        {
            Vectors(source + sides[i], source + sides[i + lanes], source + sides[i + (2 * lanes)], terms, termCount, target + i, width);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectors<T>(T* first, T* second, T* third, int* terms, int termCount, T* target, nint width)
        where T : unmanaged
    {
        for (int p = 0; p < termCount; p++)
        {
            nint term = terms[p];
            Vector256.Load(first + term).Store(target);
            Vector256.Load(second + term).Store(target + Vector256<T>.Count);
            Vector256.Load(third + term).Store(target + (2 * Vector256<T>.Count));
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T>(T* source, int* terms, int termCount, int count, T* target, int width)
        where T : unmanaged
    {
        for (int p = 0; p < termCount; p++, target += width)
        {
            Packing.Copy(source + terms[p], target, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<T>(T* source, int* terms, int* sides, int termCount, int count, T* target, int width)
        where T : unmanaged
    {
        int side = Transposition.Side<T>();
        for (int p = 0; p < termCount;)
        {
            bool isBlock = side > 0 && p + side <= termCount && terms[p + side - 1] == terms[p] + side - 1;
            int height = isBlock ? side : 1, i = 0;
            for (; isBlock && i + side <= count; i += side)
            {
                Transposition.Block(source + terms[p], sides + i, target + ((nint)p * width) + i, width);
            }

            for (int narrow = isBlock ? Transposition.NarrowSide<T>() : 0; narrow > 0 && i + narrow <= count; i += narrow)
            {
                for (int q = p; q < p + height; q += narrow)
                {
                    T* from = source + terms[q];
                    int* at = sides + i;
                    Transposition.Narrow(from + at[0], from + at[1], from + at[2], from + at[3], target + ((nint)q * width) + i, width);
                }
            }

            for (int q = p; q < p + height && i < count; q++)
            {
                T* from = source + terms[q], to = target + ((nint)q * width);
                for (int j = i; j < count; j++)
                {
                    to[j] = from[sides[j]];
                }
            }

            p += height;
        }
    }
}

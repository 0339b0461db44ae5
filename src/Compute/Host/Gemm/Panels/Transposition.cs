using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.Gemm.Panels;

/// <summary>
/// Small square blocks transposed in registers. Element by element, the same cache lines would be read again and again, and with a power of two as
/// the stride they evict each other.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>The side of the blocks, a divisor of 8; 0 if there are no instructions for it.</summary>
    public static int Side<T>()
        where T : unmanaged => !Avx.IsSupported ? 0 : sizeof(T) == sizeof(float) ? 8 : 4;

    /// <summary>Writes target[p·width + i] = source[i·side + p] for i, p &lt; Side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<T>(T* source, nint side, T* target, nint width)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float))
        {
            var s = (float*)source;
            Eight(s, s + side, s + (2 * side), s + (3 * side), s + (4 * side), s + (5 * side), s + (6 * side), s + (7 * side), (float*)target, width);
        }
        else
        {
            var s = (double*)source;
            Four(s, s + side, s + (2 * side), s + (3 * side), (double*)target, width);
        }
    }

    /// <summary>Writes target[p·width + i] = source[sides[i] + p] for i, p &lt; Side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<T>(T* source, int* sides, T* target, nint width)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float))
        {
            var s = (float*)source;
            Eight(s + sides[0], s + sides[1], s + sides[2], s + sides[3], s + sides[4], s + sides[5], s + sides[6], s + sides[7],
                (float*)target, width);
        }
        else
        {
            var s = (double*)source;
            Four(s + sides[0], s + sides[1], s + sides[2], s + sides[3], (double*)target, width);
        }
    }

    /// <summary>
    /// The side of the smaller blocks in which four rows are transposed; 0 if there are no instructions for it or <see cref="Side"/> is no larger.
    /// </summary>
    public static int NarrowSide<T>()
        where T : unmanaged => Side<T>() == 8 ? 4 : 0;

    /// <summary>Writes target[p·width + i] = element p of row i for i, p &lt; 4, of float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Narrow<T>(T* r0, T* r1, T* r2, T* r3, T* target, nint width)
        where T : unmanaged
    {
        Vector128<float> x = Vector128.Load((float*)r0), y = Vector128.Load((float*)r1), z = Vector128.Load((float*)r2),
            w = Vector128.Load((float*)r3);
        (Vector128<float> xy, Vector128<float> zw) = (Sse.UnpackLow(x, y), Sse.UnpackLow(z, w));
        var to = (float*)target;
        Sse.MoveLowToHigh(xy, zw).Store(to);
        Sse.MoveHighToLow(zw, xy).Store(to + width);
        (xy, zw) = (Sse.UnpackHigh(x, y), Sse.UnpackHigh(z, w));
        Sse.MoveLowToHigh(xy, zw).Store(to + (2 * width));
        Sse.MoveHighToLow(zw, xy).Store(to + (3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* r0, float* r1, float* r2, float* r3, float* r4, float* r5, float* r6, float* r7, float* target, nint width)
    {
        (Vector256<float> a0, Vector256<float> a1) = Pair(r0, r1);
        (Vector256<float> a2, Vector256<float> a3) = Pair(r2, r3);
        (Vector256<float> a4, Vector256<float> a5) = Pair(r4, r5);
        (Vector256<float> a6, Vector256<float> a7) = Pair(r6, r7);
        Quarter(a0, a2, a4, a6, target, width);
        Quarter(a1, a3, a5, a7, target + (2 * width), width);
    }

    /// <summary>Two rows interleaved: columns 0, 1 and 4, 5, then 2, 3 and 6, 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Pair(float* row, float* next)
    {
        Vector256<float> x = Vector256.Load(row), y = Vector256.Load(next);
        return (Avx.UnpackLow(x, y), Avx.UnpackHigh(x, y));
    }

    /// <summary>Writes the columns 0, 1, 4 and 5 of four interleaved pairs of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s, float* target, nint width)
    {
        Vector256<float> x = Avx.Shuffle(p, q, 0x44), y = Avx.Shuffle(r, s, 0x44);
        Avx.Permute2x128(x, y, 0x20).Store(target);
        Avx.Permute2x128(x, y, 0x31).Store(target + (4 * width));
        (x, y) = (Avx.Shuffle(p, q, 0xEE), Avx.Shuffle(r, s, 0xEE));
        Avx.Permute2x128(x, y, 0x20).Store(target + width);
        Avx.Permute2x128(x, y, 0x31).Store(target + (5 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(double* r0, double* r1, double* r2, double* r3, double* target, nint width)
    {
        Vector256<double> x = Vector256.Load(r0), y = Vector256.Load(r1);
        Vector256<double> z = Vector256.Load(r2), w = Vector256.Load(r3);
        (Vector256<double> xy, Vector256<double> zw) = (Avx.UnpackLow(x, y), Avx.UnpackLow(z, w));
        Avx.Permute2x128(xy, zw, 0x20).Store(target);
        Avx.Permute2x128(xy, zw, 0x31).Store(target + (2 * width));
        (xy, zw) = (Avx.UnpackHigh(x, y), Avx.UnpackHigh(z, w));
        Avx.Permute2x128(xy, zw, 0x20).Store(target + width);
        Avx.Permute2x128(xy, zw, 0x31).Store(target + (3 * width));
    }
}

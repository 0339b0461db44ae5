using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// Small square blocks exchanged in registers. Element by element the same cache lines would be asked for again and again, and where the
/// stride is a power of two they drive each other out.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>The side of the blocks, a divisor of 8; 0 where there are no instructions for it.</summary>
    public static int Side<T>()
        where T : unmanaged => !Avx.IsSupported ? 0 : sizeof(T) == sizeof(float) ? 8 : 4;

    /// <summary>Writes target[p·width + i] = source[i·side + p] for i, p &lt; Side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<T>(T* source, nint side, T* target, nint width)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float))
        {
            Eight((float*)source, side, (float*)target, width);
        }
        else
        {
            Four((double*)source, side, (double*)target, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* source, nint side, float* target, nint width)
    {
        (Vector256<float> a0, Vector256<float> a1) = Pair(source, side);
        (Vector256<float> a2, Vector256<float> a3) = Pair(source + (2 * side), side);
        (Vector256<float> a4, Vector256<float> a5) = Pair(source + (4 * side), side);
        (Vector256<float> a6, Vector256<float> a7) = Pair(source + (6 * side), side);
        Quarter(a0, a2, a4, a6, target, width);
        Quarter(a1, a3, a5, a7, target + (2 * width), width);
    }

    /// <summary>Two rows interleaved: columns 0, 1 and 4, 5, then 2, 3 and 6, 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Pair(float* row, nint side)
    {
        Vector256<float> x = Vector256.Load(row), y = Vector256.Load(row + side);
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
    private static void Four(double* source, nint side, double* target, nint width)
    {
        Vector256<double> x = Vector256.Load(source), y = Vector256.Load(source + side);
        Vector256<double> z = Vector256.Load(source + (2 * side)), w = Vector256.Load(source + (3 * side));
        (Vector256<double> xy, Vector256<double> zw) = (Avx.UnpackLow(x, y), Avx.UnpackLow(z, w));
        Avx.Permute2x128(xy, zw, 0x20).Store(target);
        Avx.Permute2x128(xy, zw, 0x31).Store(target + (2 * width));
        (xy, zw) = (Avx.UnpackHigh(x, y), Avx.UnpackHigh(z, w));
        Avx.Permute2x128(xy, zw, 0x20).Store(target + width);
        Avx.Permute2x128(xy, zw, 0x31).Store(target + (3 * width));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Compute.Host.VectorMath.Vectors;

/// <summary>A comparison of two numbers, for vectors and for single ones.</summary>
internal interface IComparison
{
    static abstract V Of<V, T>(V x, V y)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged;

    static abstract bool Of<T>(T x, T y)
        where T : INumber<T>;
}

/// <summary>x &lt; y.</summary>
internal readonly struct Less : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V x, V y)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged => V.Less(x, y);

    public static bool Of<T>(T x, T y)
        where T : INumber<T> => x < y;
}

/// <summary>x ≤ y.</summary>
internal readonly struct LessOrEqual : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V x, V y)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged => V.LessOrEqual(x, y);

    public static bool Of<T>(T x, T y)
        where T : INumber<T> => x <= y;
}

/// <summary>x = y.</summary>
internal readonly struct Equal : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V x, V y)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged => V.Equal(x, y);

    public static bool Of<T>(T x, T y)
        where T : INumber<T> => x == y;
}

/// <summary>Compares spans; the results are bytes 0 and 1.</summary>
internal static class Comparison
{
    private const int Block = 16;

    /// <summary>The results for all elements; the spans are of equal length.</summary>
    public static void Apply<T, TComparison>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : unmanaged, INumber<T>
        where TComparison : struct, IComparison
    {
        int done =
            Vector512.IsHardwareAccelerated ? Blocks<T, SimdVector512<T>, TComparison>(x, y, result)
            : Vector256.IsHardwareAccelerated ? Blocks<T, SimdVector256<T>, TComparison>(x, y, result)
            : Blocks<T, SimdVector128<T>, TComparison>(x, y, result);
        for (int i = done; i < result.Length; i++)
        {
            result[i] = TComparison.Of(x[i], y[i]);
        }
    }

    private static int Blocks<T, V, TComparison>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : unmanaged
        where V : struct, ISimdVector<V, T>
        where TComparison : struct, IComparison
    {
        ref T left = ref MemoryMarshal.GetReference(x[..result.Length]);
        ref T right = ref MemoryMarshal.GetReference(y[..result.Length]);
        Span<ulong> bytes = MemoryMarshal.Cast<bool, ulong>(result);
        int i = 0;
        for (; i <= result.Length - Block; i += Block)
        {
            uint bits = 0;
            for (int lane = 0; lane < Block; lane += V.Count)
            {
                V mask = TComparison.Of<V, T>(V.Load(ref Unsafe.Add(ref left, i + lane)), V.Load(ref Unsafe.Add(ref right, i + lane)));
                bits |= V.Bits(mask) << lane;
            }

            bytes[i / 8] = Spread(bits & 0xFF);
            bytes[(i / 8) + 1] = Spread(bits >> 8);
        }

        return i;
    }

    /// <summary>Eight bits as eight bytes: each byte keeps its own bit of eight copies, and adding 127 carries that bit to the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Spread(ulong bits) =>
        ((((bits * 0x0101010101010101) & 0x8040201008040201) + 0x7F7F7F7F7F7F7F7F) >> 7) & 0x0101010101010101;
}

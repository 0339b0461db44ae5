using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>
/// Powers of two by their bits, and the exponent bits of numbers. Types are distinguished by their sizes, which device compilers understand, too.
/// </summary>
internal static unsafe class Powers
{
    /// <summary>1.5 · 2²³ (2⁵²): adding it rounds a small number to an integer, which is then in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Magic<V, T>()
        where V : struct, ISimdVector<V, T>
        where T : unmanaged => V.Splat(sizeof(T) == sizeof(float) ? 12582912.0 : 6755399441055744.0);

    /// <summary>The number of bits of the mantissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MantissaBits<T>()
        where T : unmanaged => sizeof(T) == sizeof(float) ? 23 : 52;

    /// <summary>The index of the sign bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SignPlace<T>()
        where T : unmanaged => sizeof(T) == sizeof(float) ? 31 : 63;

    /// <summary>Only the sign bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V, T>(V x)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged => x & V.Splat(-0.0);

    /// <summary>x · 2ⁿ in two multiplications, of which the first is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<V, T>(V x, V n)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged
    {
        V half = V.Round(n * V.Splat(0.5));
        return x * Of<V, T>(half) * Of<V, T>(n - half);
    }

    /// <summary>Splits x = 2ᵉ · m with m in [√½, √2), for normal positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mantissa<V, T>(V x, out V exponent)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged
    {
        V shift = V.ShiftRight(V.SubtractBits(x, V.Splat(0.70710678118654752)), MantissaBits<T>());
        exponent = V.AddBits(shift, Magic<V, T>()) - Magic<V, T>();
        return V.SubtractBits(x, V.ShiftLeft(shift, MantissaBits<T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<V, T>(V n)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged
    {
        V bias = V.Splat(sizeof(T) == sizeof(float) ? 127 : 1023);
        return V.ShiftLeft(n + bias + Magic<V, T>(), MantissaBits<T>());
    }
}

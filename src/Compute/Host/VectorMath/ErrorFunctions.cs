using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>erf x: near zero x plus x times a polynomial of x², beyond 1 − exp(−polynomial of |x|).</summary>
internal readonly struct Erf<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V magnitude = V.Abs(x), one = V.Splat(1), small = V.Less(magnitude, one);
        V polynomial = P.ErfPolynomial(magnitude, small);
        V p = P.Expm1(V.Splat(0) - polynomial, out V n);
        V large = one - V.Scale(one + p, n);
        return V.Select(small, V.MultiplyAdd(magnitude, polynomial, magnitude), large) | Powers.Sign<V, T>(x);
    }
}

/// <summary>erfc x = near zero 1 − erf x, beyond exp(−x²) times a polynomial, for negative x 2 − erfc(−x).</summary>
internal readonly struct Erfc<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        // Beyond this exp(−x²) is 0; the bound of the square is that of the exponential.
        V magnitude = V.Min(V.Splat(Math.Sqrt(-P.LeastExponent)), V.Abs(x));
        V square = magnitude * magnitude, zero = V.Splat(0);
        V rest = V.MultiplyAdd(magnitude, magnitude, zero - square);
        V p = P.Expm1(zero - square, out V n);

        // x² = square + rest exactly: the rounding of the square would be magnified by exp.
        V small = V.Less(magnitude, V.Splat(0.5)), one = V.Splat(1);
        V polynomial = P.ErfcPolynomial(magnitude, small);
        V scaled = polynomial / V.MultiplyAdd(V.Splat(2), magnitude, one);
        V y = V.Scale((one + p) * (scaled - (scaled * rest)), n);
        y = V.Select(V.Less(x, zero), V.Splat(2) - y, y);
        return V.Select(small, one - V.MultiplyAdd(x, polynomial, x), y);
    }
}

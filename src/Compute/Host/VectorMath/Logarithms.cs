using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>log x.</summary>
internal readonly struct Log<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        bool normal = V.AllLessOrEqual(V.Splat(P.LeastNormal), x) && V.AllLessOrEqual(x, V.Splat(P.Greatest));
        return normal ? Normal(x, V.Splat(0)) : Any(x);
    }

    /// <summary>log(x · 2ᵏ) for a normal positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Normal<V>(V x, V k)
        where V : struct, ISimdVector<V, T>
    {
        V m = Powers.Mantissa<V, T>(x, out V n);
        return P.Log(m - V.Splat(1), n + k);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Any<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V zero = V.Splat(0), small = V.Less(x, V.Splat(P.LeastNormal));
        V y = Normal(V.Select(small, x * V.Splat(1L << 60), x), V.Select(small, V.Splat(-60), zero));
        y = V.Select(V.LessOrEqual(x, V.Splat(P.Greatest)), y, x); // infinity and NaN
        y = V.Select(V.Less(x, zero), V.Splat(double.NaN), y);
        return V.Select(V.Equal(x, zero), V.Splat(double.NegativeInfinity), y);
    }
}

/// <summary>log(1 + x), accurate to the last digits also for small x.</summary>
internal readonly struct Log1p<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V y = Normal(x) | Powers.Sign<V, T>(x);
        return V.AllLessOrEqual(V.Splat(-0.9999), x) && V.AllLessOrEqual(x, V.Splat(P.Greatest)) ? y : Any(x, y);
    }

    /// <summary>The rounding error of 1 + x is added back to the mantissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V one = V.Splat(1), u = one + x;
        V m = Powers.Mantissa<V, T>(u, out V n);
        return P.Log((m - one) + V.Scale(x - (u - one), V.Splat(0) - n), n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Any<V>(V x, V y)
        where V : struct, ISimdVector<V, T>
    {
        V least = V.Splat(-1);
        y = V.Select(V.LessOrEqual(x, V.Splat(P.Greatest)), y, x); // infinity and NaN
        y = V.Select(V.Less(x, least), V.Splat(double.NaN), y);
        return V.Select(V.Equal(x, least), V.Splat(double.NegativeInfinity), y);
    }
}

/// <summary>log(1 + exp(x)) = max(x, 0) + log(1 + exp(−|x|)), without overflow.</summary>
internal readonly struct Softplus<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T> =>
        V.Max(V.Splat(0), x) + Log1p<T, P>.Normal(Exp<T, P>.Of(x | V.Splat(-0.0)));
}

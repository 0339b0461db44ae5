using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>exp(x).</summary>
internal readonly struct Exp<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V limited = V.Min(V.Splat(P.GreatestExponent), V.Max(V.Splat(P.LeastExponent), x));
        V p = P.Expm1(limited, out V n);
        return V.Scale(V.Splat(1) + p, n);
    }
}

/// <summary>exp(x) − 1.</summary>
internal readonly struct Expm1<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        // exp(−50) is negligible compared with 1.
        V limited = V.Min(V.Splat(P.GreatestExponent), V.Max(V.Splat(-50), x));
        return Shifted(limited, V.Splat(0)) | Powers.Sign<V, T>(x);
    }

    /// <summary>(exp(x) − 1) · 2ᵏ, without intermediate overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shifted<V>(V x, V k)
        where V : struct, ISimdVector<V, T>
    {
        V p = P.Expm1(x, out V n), one = V.Splat(1);
        return V.Scale(p + (one - V.Scale(one, V.Splat(0) - n)), n + k);
    }
}

/// <summary>1 / (1 + exp(−x)), without overflow.</summary>
internal readonly struct Sigmoid<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V e = Exp<T, P>.Of(x | V.Splat(-0.0)), one = V.Splat(1);
        return V.Select(V.LessOrEqual(V.Splat(0), x), one, e) / (one + e);
    }
}

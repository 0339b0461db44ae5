using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>tanh |x| = t / (t + 2) with t = exp(2|x|) − 1.</summary>
internal readonly struct Tanh<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        // exp(44) − 1 and exp(44) + 1 are the same number.
        V magnitude = V.Abs(x);
        V t = Expm1<T, P>.Shifted(V.Min(V.Splat(44), magnitude + magnitude), V.Splat(0));
        return (t / (t + V.Splat(2))) | Powers.Sign<V, T>(x);
    }
}

/// <summary>sinh |x| = h + h / (2h + 1) with h = (exp(|x|) − 1) / 2.</summary>
internal readonly struct Sinh<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V limited = V.Min(V.Splat(P.GreatestExponent + 1), V.Abs(x));
        V h = Expm1<T, P>.Shifted(limited, V.Splat(-1));
        V finite = V.Min(V.Splat(1e30), h);
        return (h + (finite / V.MultiplyAdd(V.Splat(2), finite, V.Splat(1)))) | Powers.Sign<V, T>(x);
    }
}

/// <summary>cosh x = h + 1 / 4h with h = exp(|x|) / 2.</summary>
internal readonly struct Cosh<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V p = P.Expm1(V.Min(V.Splat(P.GreatestExponent + 1), V.Abs(x)), out V n), one = V.Splat(1);
        V h = V.Scale(one + p, n - one);
        return h + (V.Splat(0.25) / h);
    }
}

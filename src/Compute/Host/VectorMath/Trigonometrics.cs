using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>sin x = ± sin r, where r is x minus the nearest multiple of π.</summary>
internal readonly struct Sin<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V n = V.MultiplyAdd(x, V.Splat(1 / Math.PI), Powers.Magic<V, T>());
        V y = Angles.Sine<V, T, P>(P.Remainder(x, n - Powers.Magic<V, T>()), n);
        V farthest = V.Splat(P.FarthestAngle);
        return V.AllLessOrEqual(V.Abs(x), farthest) ? y : Angles.Far<V, T>(x, y, farthest, Math.Sin);
    }
}

/// <summary>cos x = ± sin r, where r is x minus the nearest odd multiple of π/2.</summary>
internal readonly struct Cos<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V half = V.Splat(0.5);
        V n = V.MultiplyAdd(x, V.Splat(1 / Math.PI), half) + Powers.Magic<V, T>();
        V y = Angles.Sine<V, T, P>(P.Remainder(x, n - Powers.Magic<V, T>() - half), n);
        V farthest = V.Splat(P.FarthestAngle);
        return V.AllLessOrEqual(V.Abs(x), farthest) ? y : Angles.Far<V, T>(x, y, farthest, Math.Cos);
    }
}

/// <summary>tan x = sin r / cos r or −cos r / sin r, where r is x minus the nearest multiple of π/2.</summary>
internal readonly struct Tan<T, P> : IUnaryOperator<T>
    where T : unmanaged
    where P : IPrecision<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ISimdVector<V, T>
    {
        V n = V.MultiplyAdd(x, V.Splat(2 / Math.PI), Powers.Magic<V, T>());
        V r = P.Remainder(x, (n - Powers.Magic<V, T>()) * V.Splat(0.5));
        V sine = P.Sine(V.Abs(r)), cosine = P.Cosine(V.Abs(r));
        V oddSign = V.ShiftLeft(n, Powers.SignPlace<T>()), odd = V.ShiftRight(oddSign, Powers.SignPlace<T>());
        V y = V.Select(odd, cosine, sine) / V.Select(odd, sine, cosine) ^ (Powers.Sign<V, T>(r) ^ oddSign);
        V farthest = V.Splat(P.FarthestAngle);
        return V.AllLessOrEqual(V.Abs(x), farthest) ? y : Angles.Far<V, T>(x, y, farthest, Math.Tan);
    }
}

/// <summary>What sine, cosine and tangent share.</summary>
internal static class Angles
{
    /// <summary>sin r, negated if the lowest bit of <paramref name="n"/> is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sine<V, T, P>(V r, V n)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged
        where P : IPrecision<T> =>
        P.Sine(V.Abs(r)) ^ (Powers.Sign<V, T>(r) ^ V.ShiftLeft(n, Powers.SignPlace<T>()));

    /// <summary>Substitutes the exact function's values where an argument is too large (or infinite, or NaN) for three parts of π.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Far<V, T>(V x, V y, V farthest, Func<double, double> function)
        where V : struct, ISimdVector<V, T>
        where T : unmanaged
    {
        Span<T> values = stackalloc T[V.Count];
        x.Store(ref values[0]);
        foreach (ref T value in values)
        {
            value = typeof(T) == typeof(float)
                ? (T)(object)(float)function((float)(object)value)
                : (T)(object)function((double)(object)value);
        }

        return V.Select(V.LessOrEqual(V.Abs(x), farthest), y, V.Load(ref values[0]));
    }
}

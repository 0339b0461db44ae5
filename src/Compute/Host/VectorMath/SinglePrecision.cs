using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>The elementary functions in single precision. The polynomials are minimax fits, made by tests/Compute.Tests/Data/fit_vector.py.</summary>
internal readonly struct SinglePrecision : IPrecision<float>
{
    public static double LeastExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => -104;
    }

    public static double GreatestExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 89;
    }

    public static double LeastNormal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1.1754943508222875e-38;
    }

    public static double Greatest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => float.MaxValue;
    }

    public static double FarthestAngle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1e5;
    }

    /// <remarks>r + r²E(r), degree 7; relative error of the polynomial 2⁻³¹.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x, out V n)
        where V : struct, ISimdVector<V, float>
    {
        n = V.Round(x * V.Splat(1.4426950408889634));
        V r = V.MultiplyAdd(n, V.Splat(-0.6931471824645996), x);
        r = V.MultiplyAdd(n, V.Splat(1.9046542121259336e-09), r);
        V p = V.Splat(0.00019911727397067114)
            .Horner(r, 0.00139413077308651).Horner(r, 0.0083332773270948).Horner(r, 0.04166635054271231)
            .Horner(r, 0.1666666680011069).Horner(r, 0.5000000047491364);
        return V.MultiplyAdd(r * r, p, r);
    }

    /// <remarks>f − f²/2 + f³L(f), degree 11; error of L 2⁻³⁰.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V f, V n)
        where V : struct, ISimdVector<V, float>
    {
        V square = f * f;
        V p = V.Splat(0.06759777715808195)
            .Horner(f, -0.1168880201725847).Horner(f, 0.11889219167359562).Horner(f, -0.12403191123598416)
            .Horner(f, 0.14219028247038726).Horner(f, -0.16668130891230298).Horner(f, 0.20002155923980441)
            .Horner(f, -0.2500000738849247).Horner(f, 0.33333311876398564);
        V rest = V.MultiplyAdd(n, V.Splat(-1.9046542121259336e-09), V.MultiplyAdd(f * square, p, square * V.Splat(-0.5)));
        return V.MultiplyAdd(n, V.Splat(0.6931471824645996), f + rest);
    }

    /// <remarks>x + x³S(x²), degree 9 over [−π/2, π/2]; relative error of the polynomial 2⁻²⁷.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sine<V>(V magnitude)
        where V : struct, ISimdVector<V, float>
    {
        V u = magnitude * magnitude;
        V p = V.Splat(2.6055593169828232e-06)
            .Horner(u, -0.00019809496258153285).Horner(u, 0.008333064549007766).Horner(u, -0.16666659460664932);
        return V.MultiplyAdd(magnitude * u, p, magnitude);
    }

    /// <remarks>1 − x²/2 + x⁴C(x²), degree 8 over [−π/4, π/4]; error of the polynomial 2⁻³³.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cosine<V>(V magnitude)
        where V : struct, ISimdVector<V, float>
    {
        V u = magnitude * magnitude;
        V p = V.Splat(2.4436461918226357e-05)
            .Horner(u, -0.0013887348024022212).Horner(u, 0.04166664642263795);
        return V.MultiplyAdd(u * u, p, V.MultiplyAdd(u, V.Splat(-0.5), V.Splat(1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Remainder<V>(V x, V halfTurns)
        where V : struct, ISimdVector<V, float>
    {
        V r = V.MultiplyAdd(halfTurns, V.Splat(-3.141592502593994), x);
        r = V.MultiplyAdd(halfTurns, V.Splat(-1.5099578831723193e-07), r);
        return V.MultiplyAdd(halfTurns, V.Splat(-1.078060505991553e-14), r);
    }

    /// <remarks>Below 1, erf(x)/x − 1 in x², degree 6, error 2⁻²⁹; from 1 to 4, −log(erfc(x)) in x, degree 6, error of erf 2⁻²⁹.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, float>
    {
        V limited = V.Min(V.Splat(4), magnitude);
        V x = V.Select(small, limited * limited, limited);
        return V.Select(small, V.Splat(7.887863171788925e-05), V.Splat(-0.0001856678068555426))
            .Horner(x, small, -0.000802046290187117, 0.002940561806140153).Horner(x, small, 0.005189492566419371, -0.02180910437494337)
            .Horner(x, small, -0.02685442227743091, 0.10304489015048336).Horner(x, small, 0.11283599649051289, 0.6382177866798108)
            .Horner(x, small, -0.37612627090276585, 1.1270441617955609).Horner(x, small, 0.12837916590730258, 0.0003528891367182501);
    }

    /// <remarks>Below ½ as above; beyond, (1 + 2x)·exp(x²)·erfc(x) in (x − 4)/(x + 4), degree 11, error 2⁻³⁰ (the transformation is by Shepherd and
    /// Laframboise).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfcPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, float>
    {
        V four = V.Splat(4);
        V x = V.Select(small, magnitude * magnitude, (magnitude - four) / (magnitude + four));
        return V.Select(small, V.Splat(0), V.Splat(-0.0006419400592330138))
            .Horner(x, small, 0, -0.0011371215654107528).Horner(x, small, 0, 0.005041934661105732)
            .Horner(x, small, 0, -0.016025332821137193).Horner(x, small, 0, 0.03722221294176941)
            .Horner(x, small, 7.887863171788925e-05, -0.06635418068475174).Horner(x, small, -0.000802046290187117, 0.09372133422860435)
            .Horner(x, small, 0.005189492566419371, -0.10103787841257307).Horner(x, small, -0.02685442227743091, 0.06809782757203751)
            .Horner(x, small, 0.11283599649051289, 0.015379632839175693).Horner(x, small, -0.37612627090276585, -0.13962113056503542)
            .Horner(x, small, 0.12837916590730258, 1.2329951187104313);
    }
}

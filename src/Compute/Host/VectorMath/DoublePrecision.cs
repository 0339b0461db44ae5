using System.Runtime.CompilerServices;
using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>The elementary functions in double precision. The polynomials are minimax fits, made by tests/Compute.Tests/Data/fit_vector.py.</summary>
internal readonly struct DoublePrecision : IPrecision<double>
{
    public static double LeastExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => -746;
    }

    public static double GreatestExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 710;
    }

    public static double LeastNormal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2.2250738585072014e-308;
    }

    public static double Greatest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => double.MaxValue;
    }

    public static double FarthestAngle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1e8;
    }

    /// <remarks>r + r²E(r), degree 12; relative error of the polynomial 2⁻⁶¹.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x, out V n)
        where V : struct, ISimdVector<V, double>
    {
        n = V.Round(x * V.Splat(1.4426950408889634));
        V r = V.MultiplyAdd(n, V.Splat(-0.6931471805599453), x);
        r = V.MultiplyAdd(n, V.Splat(-2.3190468138462996e-17), r);
        V p = V.Splat(2.092437091227093e-09)
            .Horner(r, 2.5109279469736173e-08).Horner(r, 2.7557242982720485e-07).Horner(r, 2.75572435603157e-06)
            .Horner(r, 2.480158736035234e-05).Horner(r, 0.0001984126988671296).Horner(r, 0.0013888888888866865)
            .Horner(r, 0.00833333333332143).Horner(r, 0.0416666666666667).Horner(r, 0.16666666666666677)
            .Horner(r, 0.5);
        return V.MultiplyAdd(r * r, p, r);
    }

    /// <remarks>With s = f / (2 + f), log(1 + f) = f − f²/2 + s(f²/2 + s²R(s²)), R of degree 6; error of R 2⁻⁵⁸ of f. The form is fdlibm's.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V f, V n)
        where V : struct, ISimdVector<V, double>
    {
        V half = f * f * V.Splat(0.5), s = f / (f + V.Splat(2)), z = s * s;
        V p = V.Splat(0.14797024821856058)
            .Horner(z, 0.15313942918943482).Horner(z, 0.18183568581182338).Horner(z, 0.2222219848909324)
            .Horner(z, 0.28571428743250554).Horner(z, 0.3999999999941043).Horner(z, 0.6666666666666735);
        V rest = V.MultiplyAdd(s, V.MultiplyAdd(z, p, half), n * V.Splat(2.3190468138462996e-17));
        return V.MultiplyAdd(n, V.Splat(0.6931471805599453), f - (half - rest));
    }

    /// <remarks>x + x³S(x²), degree 17 over [−π/2, π/2]; relative error of the polynomial 2⁻⁶¹.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sine<V>(V magnitude)
        where V : struct, ISimdVector<V, double>
    {
        V u = magnitude * magnitude;
        V p = V.Splat(2.7209765108038928e-15)
            .Horner(u, -7.642972831144333e-13).Horner(u, 1.6058938995736247e-10).Horner(u, -2.5052106858798995e-08)
            .Horner(u, 2.7557319210985648e-06).Horner(u, -0.00019841269841208345).Horner(u, 0.008333333333333193)
            .Horner(u, -0.16666666666666666);
        return V.MultiplyAdd(magnitude * u, p, magnitude);
    }

    /// <remarks>1 − x²/2 + x⁴C(x²), degree 14 over [−π/4, π/4]; error of the polynomial 2⁻⁶⁴.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cosine<V>(V magnitude)
        where V : struct, ISimdVector<V, double>
    {
        V u = magnitude * magnitude;
        V p = V.Splat(-1.1359484314277854e-11)
            .Horner(u, 2.087572011186806e-09).Horner(u, -2.7557314328717296e-07).Horner(u, 2.4801587289397457e-05)
            .Horner(u, -0.001388888888887398).Horner(u, 0.0416666666666666);
        return V.MultiplyAdd(u * u, p, V.MultiplyAdd(u, V.Splat(-0.5), V.Splat(1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Remainder<V>(V x, V halfTurns)
        where V : struct, ISimdVector<V, double>
    {
        V r = V.MultiplyAdd(halfTurns, V.Splat(-3.141592653589793), x);
        r = V.MultiplyAdd(halfTurns, V.Splat(-1.224646799147353e-16), r);
        return V.MultiplyAdd(halfTurns, V.Splat(-2.1657133478438278e-32), r);
    }

    /// <remarks>Below 1, erf(x)/x − 1 in x², degree 12, error 2⁻⁶²; from 1 to 6, −log(erfc(x)) in x, degree 17, error of erf 2⁻⁵⁷.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, double>
    {
        V limited = V.Min(V.Splat(6), magnitude);
        V x = V.Select(small, limited * limited, limited);
        return V.Select(small, V.Splat(0), V.Splat(4.851212977326705e-12))
            .Horner(x, small, 0, -2.0151572568032452e-10).Horner(x, small, 0, 3.881046844997939e-09)
            .Horner(x, small, 0, -4.583784859006631e-08).Horner(x, small, 0, 3.6886662624369957e-07)
            .Horner(x, small, 5.960349434672965e-11, -2.111055149526869e-06).Horner(x, small, -1.1374753224149746e-09, 8.563583229858119e-06)
            .Horner(x, small, 1.466027528400522e-08, -2.248514630934534e-05).Horner(x, small, -1.6350388118195056e-07, 1.940541622822341e-05)
            .Horner(x, small, 1.6461007697871733e-06, 0.00013678377566620273).Horner(x, small, -1.4925595722575692e-05, -0.000773393994268847)
            .Horner(x, small, 0.00012055331130849605, 0.0019193660857844729).Horner(x, small, -0.0008548326981366622, -0.0004139267676069587)
            .Horner(x, small, 0.005223977624827385, -0.018987767378529086).Horner(x, small, -0.026866170645077764, 0.10270214815098695)
            .Horner(x, small, 0.11283791670954883, 0.6366441055494334).Horner(x, small, -0.3761263890318375, 1.1283739806280673)
            .Horner(x, small, 0.12837916709551257, 5.143725557266228e-07);
    }

    /// <remarks>Below ½ as above; beyond, (1 + 2x)·exp(x²)·erfc(x) in (x − 4)/(x + 4), degree 23, error 2⁻⁵⁹ (the transformation is by Shepherd and
    /// Laframboise).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfcPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, double>
    {
        V four = V.Splat(4);
        V x = V.Select(small, magnitude * magnitude, (magnitude - four) / (magnitude + four));
        return V.Select(small, V.Splat(0), V.Splat(1.2023674008391959e-09))
            .Horner(x, small, 0, 1.681658326280465e-09).Horner(x, small, 0, -1.4095219827474938e-08)
            .Horner(x, small, 0, -1.750402794685401e-08).Horner(x, small, 0, 1.1037248525830626e-07)
            .Horner(x, small, 0, 7.417872798014193e-08).Horner(x, small, 0, -8.259920676001187e-07)
            .Horner(x, small, 0, 2.9408565558833376e-07).Horner(x, small, 0, 5.710200505395418e-06)
            .Horner(x, small, 0, -1.1222137412577988e-05).Horner(x, small, 0, -2.4399438049124983e-05)
            .Horner(x, small, 5.960349434672965e-11, 0.000150621706626164).Horner(x, small, -1.1374753224149746e-09, -0.00019925662821440113)
            .Horner(x, small, 1.466027528400522e-08, -0.0007577732953327272).Horner(x, small, -1.6350388118195056e-07, 0.005031969965606177)
            .Horner(x, small, 1.6461007697871733e-06, -0.01619773405676774).Horner(x, small, -1.4925595722575692e-05, 0.03716751553887685)
            .Horner(x, small, 0.00012055331130849605, -0.06633036581231343).Horner(x, small, -0.0008548326981366622, 0.09373283499826338)
            .Horner(x, small, 0.005223977624827385, -0.10103906603629972).Horner(x, small, -0.026866170645077764, 0.0680970542546951)
            .Horner(x, small, 0.11283791670954883, 0.015379652102619656).Horner(x, small, -0.3761263890318375, -0.13962111684056253)
            .Horner(x, small, 0.12837916709551257, 1.2329951186255526);
    }
}

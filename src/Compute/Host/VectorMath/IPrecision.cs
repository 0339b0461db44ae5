using Backprop.Compute.Host.VectorMath.Vectors;

namespace Backprop.Compute.Host.VectorMath;

/// <summary>The polynomials of a precision, each over the interval to which the operators reduce their arguments.</summary>
internal interface IPrecision<T>
    where T : unmanaged
{
    /// <summary>exp of this is 0.</summary>
    static abstract double LeastExponent { get; }

    /// <summary>exp of this overflows.</summary>
    static abstract double GreatestExponent { get; }

    /// <summary>The least number of full precision.</summary>
    static abstract double LeastNormal { get; }

    /// <summary>The greatest finite number.</summary>
    static abstract double Greatest { get; }

    /// <summary>The largest angle for which <see cref="Remainder"/> is valid.</summary>
    static abstract double FarthestAngle { get; }

    /// <summary>exp(r) − 1 where x = n·log 2 + r, |r| ≤ ½ log 2, for x at most slightly outside the bounds.</summary>
    static abstract V Expm1<V>(V x, out V n)
        where V : struct, ISimdVector<V, T>;

    /// <summary>n·log 2 + log(1 + f), √½ ≤ 1 + f &lt; √2.</summary>
    static abstract V Log<V>(V f, V n)
        where V : struct, ISimdVector<V, T>;

    /// <summary>sin x, 0 ≤ x ≤ π/2.</summary>
    static abstract V Sine<V>(V magnitude)
        where V : struct, ISimdVector<V, T>;

    /// <summary>cos x, 0 ≤ x ≤ π/4.</summary>
    static abstract V Cosine<V>(V magnitude)
        where V : struct, ISimdVector<V, T>;

    /// <summary>x − π·halfTurns, by Cody and Waite: π in three parts, all positive (so that −0 stays −0), each product exact.</summary>
    static abstract V Remainder<V>(V x, V halfTurns)
        where V : struct, ISimdVector<V, T>;

    /// <summary>erf(x)/x − 1 where x is below 1 (<paramref name="small"/>), elsewhere −log(erfc(x)); x ≥ 0.</summary>
    static abstract V ErfPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, T>;

    /// <summary>erf(x)/x − 1 where x is below ½ (<paramref name="small"/>), elsewhere (1 + 2x)·exp(x²)·erfc(x); x ≥ 0.</summary>
    static abstract V ErfcPolynomial<V>(V magnitude, V small)
        where V : struct, ISimdVector<V, T>;
}

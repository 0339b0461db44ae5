namespace Backprop.Compute.Host.Functions;

/// <content>
/// The higher derivatives of log Γ: ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x), with Hurwitz's ζ(s, x) = Σ (x + k)⁻ˢ by Euler and Maclaurin (Abramowitz and
/// Stegun 6.4.10, 23.2.1).
/// </content>
internal static partial class GammaFunctions<M>
{
    private const int MaclaurinTerms = 12;

    /// <summary>The n-th derivative of <see cref="Digamma"/>, n ≥ 1; at the poles infinite with the sign of (−1)ⁿ⁺¹.</summary>
    public static double Polygamma(int n, double x)
    {
        double sign = (n & 1) == 1 ? 1 : -1;
        if (!(M.Abs(x) <= double.MaxValue))
        {
            return x > 0 ? sign * 0 : double.NaN;
        }

        if (x <= 0 && x == M.Floor(x))
        {
            return sign * double.PositiveInfinity;
        }

        if (x > 0)
        {
            return sign * ScaledZeta(n, x);
        }

        // Σ over k ≥ 0 of (x + k)⁻ˢ, s = n + 1, is the sum over all integers minus that over k < 0, and each of these two is a sum of positive
        // numbers.
        return (sign * ScaledZeta(n, x - M.Floor(x))) + ScaledZeta(n, -M.Floor(-x) - x) - ScaledZeta(n, 1 - x);
    }

    /// <summary>n! ζ(n + 1, x) for x &gt; 0.</summary>
    private static double ScaledZeta(int n, double x)
    {
        // Sums (x / (x + k))ⁿ⁺¹ and multiplies by n! / xⁿ⁺¹: neither overflows before the result does.
        double s = n + 1.0, sum = 0, at = x;
        for (; at < s + 20; at++)
        {
            double term = M.Pow(x / at, s);
            sum += term;
            if (term < 1e-18 * sum)
            {
                return Scaled(sum, n, x);
            }
        }

        double edge = M.Pow(x / at, s);
        double tail = (at / n) + 0.5;
        double rising = s / at;
        for (int k = 0; k < MaclaurinTerms; k++)
        {
            tail += MaclaurinTerm(k) * rising;
            rising *= (s + (2 * k) + 1) / at * ((s + (2 * k) + 2) / at);
        }

        return Scaled(sum + (edge * tail), n, x);
    }

    // n!/xⁿ⁺¹ times a sum that may be as large as x: divided step by step, so that nothing underflows before the result does.
    private static double Scaled(double sum, int n, double x)
    {
        if (n > 150)
        {
            return sum * M.Exp(Lgamma(n + 1.0) - ((n + 1.0) * M.Log(x)));
        }

        double product = sum / x;
        for (int i = 1; i <= n; i++)
        {
            product *= i / x;
        }

        return product;
    }

    /// <summary>B₂ₖ / (2k)!, k from 1; a switch because devices have no tables.</summary>
    private static double MaclaurinTerm(int k) => k switch
    {
        0 => 8.333333333333333e-02,
        1 => -1.388888888888889e-03,
        2 => 3.306878306878307e-05,
        3 => -8.267195767195767e-07,
        4 => 2.08767569878681e-08,
        5 => -5.284190138687493e-10,
        6 => 1.3382536530684679e-11,
        7 => -3.3896802963225827e-13,
        8 => 8.586062056277845e-15,
        9 => -2.174868698558062e-16,
        10 => 5.50900282836023e-18,
        _ => -1.3954464685812522e-19,
    };
}

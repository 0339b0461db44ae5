namespace Backprop.Compute.Host.Functions;

/// <content>
/// Γ itself, and the modified Bessel functions of the first kind of integer order by Miller's algorithm: the recurrence I(k−1) = I(k+1) + 2k/x·I(k)
/// downwards, of positive terms, scaled by e^x = I₀ + 2ΣIₖ. Sources: DLMF 5.5.3, 5.11.3, 10.29.1, 10.35.5; Cephes, gamma.c.
/// </content>
public static partial class SpecialFunctions
{
    private const double LargestOfGamma = 171.62437695630272;
    private const double LargestOfBessel = 714;
    private const double RootTwoPi = 2.5066282746310002;
    private const double FromStirling = 30;

    /// <summary>Γ(x); NaN at the negative integers, and an infinity of its sign at 0.</summary>
    public static double Gamma(double x)
    {
        if (double.IsNaN(x) || x > LargestOfGamma)
        {
            return x > 0 ? double.PositiveInfinity : x;
        }

        if (x == 0)
        {
            return 1 / x;
        }

        if (x == Math.Floor(x) && x < 0)
        {
            return double.NaN;
        }

        return x >= 1 ? GammaOfPositive(x)
            : x >= -1 ? GammaOfPositive(x + 1 >= 1 ? x + 1 : x + 2) / (x + 1 >= 1 ? x : x * (x + 1))
            : -Math.PI / (x * SinPi(x)) / GammaOfPositive(-x);
    }

    /// <summary>Iₙ(x), n ≥ 0.</summary>
    public static double BesselI(int n, double x)
    {
        double magnitude = Math.Abs(x), sign = x < 0 && n % 2 == 1 ? -1 : 1;
        if (x == 0 || double.IsNaN(x))
        {
            return n == 0 && x == 0 ? 1 : x == 0 ? 0 : x;
        }

        if (magnitude > LargestOfBessel)
        {
            return sign * double.PositiveInfinity;
        }

        // Higher orders contribute nothing.
        int start = 2 * ((int)Math.Max(n, 12 + (8 * Math.Sqrt(magnitude)) + (magnitude / 8)) + 8);
        double above = 0, value = 1e-250, sum = 0, wanted = 0;
        for (int k = start; k > 0; k--)
        {
            if (k == n)
            {
                wanted = value;
            }

            sum += value;
            (above, value) = (value, above + (2 * k / magnitude * value));
            if (value > 1e200)
            {
                (above, value, sum, wanted) = (above * 1e-200, value * 1e-200, sum * 1e-200, wanted * 1e-200);
            }
        }

        // e^x in two factors, since it may leave the range even if the result does not.
        double half = Math.Exp(magnitude / 2);
        return sign * (half * ((n == 0 ? value : wanted) / (value + (2 * sum)))) * half;
    }

    private static double GammaOfPositive(double x)
    {
        if (x >= FromStirling)
        {
            // x^(x − ½) in two factors, whose exponent is exact.
            double root = Math.Pow(x, (x / 2) - 0.25), inverse = 1 / x, square = inverse * inverse;
            double tail = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * (1.0 / 1680)))))));
            return root * (RootTwoPi * Math.Exp(-x) * Math.Exp(tail)) * root;
        }

        double product = 1;
        while (x > 2)
        {
            x--;
            product *= x;
        }

        return product * Math.Exp(Lgamma(x));
    }

    // Computed from the distance to the nearest integer.
    private static double SinPi(double x)
    {
        double whole = Math.Round(x);
        return (whole % 2 == 0 ? 1 : -1) * Math.Sin(Math.PI * (x - whole));
    }
}

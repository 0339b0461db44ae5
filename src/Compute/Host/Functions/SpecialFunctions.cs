namespace Backprop.Compute.Host.Functions;

/// <summary>
/// Functions that .NET lacks or computes naively, in double precision. The polynomials are Chebyshev fits to the functions evaluated with 60 digits;
/// <c>tests/Compute.Tests/Data/fit.py</c> makes them.
/// </summary>
public static partial class SpecialFunctions
{
    /// <summary>log(1 + x), accurate to the last digits also for small x.</summary>
    public static double Log1p(double x)
    {
        double y = 1 + x;
        if (y == 1 || double.IsPositiveInfinity(x))
        {
            return x;
        }

        // Kahan: the rounding of 1 + x affects log(y) and y − 1 alike, so their quotient is exact.
        return Math.Log(y) * (x / (y - 1));
    }

    /// <summary>exp(x) − 1, accurate to the last digits also for small x.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-5)
        {
            return x + (x * x * (0.5 + (x / 6)));
        }

        if (Math.Abs(x) > 1)
        {
            return Math.Exp(x) - 1;
        }

        // 2 sinh(x/2) exp(x/2): no difference of nearby numbers.
        return 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
    }

    /// <summary>1 / (1 + exp(−x)), without overflow.</summary>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>log(1 + exp(x)), without overflow.</summary>
    public static double Softplus(double x) => Log1p(Math.Exp(-Math.Abs(x))) + Math.Max(x, 0);

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        }

        return sum;
    }
}

namespace Backprop.Compute.Host.Functions;

/// <content>
/// e^(x²)·iⁿerfc(x), the repeated integrals of erfc without their decay. With 2/√π for n = −1, J(n−2) = 2x·J(n−1) + 2n·J(n) holds for all n: for
/// positive x it is run downwards, where nothing cancels, by the continued fraction of the ratios; otherwise upwards. Sources: DLMF 7.18; Gautschi,
/// Recursive computation of the repeated integrals of the error function, 1961.
/// </content>
public static partial class SpecialFunctions
{
    private const double LeastOfFraction = 0.5;

    /// <summary>The n-th function, n ≥ 0; for n = 0, e^(x²)·erfc(x).</summary>
    public static double Erfcx(int n, double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x >= LeastOfFraction)
        {
            return ErfcxByFraction(n, x);
        }

        double before = TwoOverRootPi, value = ExpOfSquare(x) * Erfc(x);
        for (int k = 1; k <= n; k++)
        {
            (before, value) = (value, (before - (2 * x * value)) / (2 * k));
        }

        return value;
    }

    // The ratio of each function to the previous one, started so high that the initial guess has no effect.
    private static double ErfcxByFraction(int n, double x)
    {
        const double Reach = 15;
        int terms = n + 20 + (int)Math.Min(Reach * Reach / (x * x), 4000);
        double ratio = 0, product = TwoOverRootPi;
        var ratios = new double[n + 1];
        for (int k = terms; k >= 0; k--)
        {
            ratio = 1 / ((2 * x) + (2 * (k + 1) * ratio));
            if (k <= n)
            {
                ratios[k] = ratio;
            }
        }

        foreach (double each in ratios)
        {
            product *= each;
        }

        return product;
    }

    // x² = square + rest exactly: the rounding of the square would be magnified by exp.
    private static double ExpOfSquare(double x)
    {
        double square = x * x;
        return double.IsInfinity(square) ? square : Math.Exp(square) * (1 + Math.FusedMultiplyAdd(x, x, -square));
    }
}

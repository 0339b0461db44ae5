namespace Backprop.Compute.Host.Functions;

/// <content>
/// Inverses of the error functions: an initial guess of three digits (Abramowitz and Stegun 26.2.23) and Halley's method, each step of which triples
/// the digits. Near 0 the error function is inverted, in the tails the complementary one, so that neither loses digits to a difference from 1.
/// </content>
public static partial class SpecialFunctions
{
    private const double TwoOverRootPi = 1.1283791670955126;
    private const int HalleySteps = 3;

    /// <summary>The number whose erf is x; ±∞ at ±1 and NaN beyond.</summary>
    public static double Erfinv(double x) => Math.Abs(x) <= 0.5 ? ErfinvNearZero(x)
        : Math.Abs(x) <= 1 ? Math.CopySign(ErfcinvOfTail(1 - Math.Abs(x)), x)
        : double.NaN;

    /// <summary>The number whose erfc is x; +∞ at 0, −∞ at 2 and NaN beyond.</summary>
    public static double Erfcinv(double x) => x switch
    {
        >= 0 and < 0.5 => ErfcinvOfTail(x),
        >= 0.5 and <= 1.5 => ErfinvNearZero(1 - x),
        > 1.5 and <= 2 => -ErfcinvOfTail(2 - x),
        _ => double.NaN,
    };

    private static double ErfinvNearZero(double x)
    {
        double y = x * (0.8862269254527580 + (x * x * 0.2320136665346545));
        for (int i = 0; i < HalleySteps; i++)
        {
            double error = Erf(y) - x;
            y -= error / ((TwoOverRootPi * Math.Exp(-y * y)) + (y * error));
        }

        return y;
    }

    private static double ErfcinvOfTail(double x)
    {
        if (x == 0)
        {
            return double.PositiveInfinity;
        }

        double t = Math.Sqrt(-2 * Math.Log(x / 2));
        double y = 0.70710678118654752 * (t - ((2.30753 + (t * 0.27061)) / (1 + (t * (0.99229 + (t * 0.04481))))));
        for (int i = 0; i < HalleySteps; i++)
        {
            // Both are divided by e^(−y²), which would underflow in the far tail.
            double error = Erfcx(0, y) - Math.Exp((y * y) + Math.Log(x));
            y += error / (TwoOverRootPi - (y * error));
        }

        return y;
    }
}

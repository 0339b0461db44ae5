namespace Backprop.Compute.Host;

/// <content>
/// The logarithm of |Γ| and its first derivative: on [1, 2] the zeros times a polynomial, elsewhere recurrence, Stirling's series
/// and reflection (Abramowitz and Stegun 6.1.17, 6.1.41, 6.3.7, 6.3.18).
/// </content>
public static partial class SpecialFunctions
{
    private const double DigammaRoot = 1.4616321449683622;
    private const double DigammaRootRest = 9.549995429965697e-17;
    private const double HalfLogTwoPi = 0.91893853320467274;

    private static ReadOnlySpan<double> LgammaOverZeros =>
    [
        0.4831289505409809, -0.07297994795715304, 0.015727850268641097, -0.003913560937626331, 0.001049818664454635,
        -0.0002945507015164312, 8.510090373634476e-05, -2.5094328700900636e-05, 7.511391846837954e-06,
        -2.2742472358027586e-06, 6.948428393704062e-07, -2.138638060528023e-07, 6.623870571642316e-08,
        -2.0619851263731666e-08, 6.430366506216791e-09, -2.0184741279133343e-09, 6.5655031582108e-10, -2.075322954216366e-10,
        5.030067090605482e-11, -1.5936042537298723e-11, 1.1577613910649688e-11, -3.700571132904742e-12,
    ];

    private static ReadOnlySpan<double> DigammaOverRoot =>
    [
        0.9510558760318328, -0.2118137106407303, 0.060135621060196744, -0.018550615381735115, 0.005936795278305649,
        -0.0019350666648590097, 0.0006368880303257201, -0.00021074841140458636, 6.995018873950506e-05, -2.325824239445257e-05,
        7.741232223504057e-06, -2.57809436305308e-06, 8.589127353033379e-07, -2.86315275846934e-07, 9.542050972688906e-08,
        -3.163020268955334e-08, 1.0542687624027994e-08, -3.7075072647122386e-09, 1.2358072433984831e-09,
        -2.7619635330317715e-10, 9.206434499177992e-11, -8.498137230186096e-11, 2.832706668021759e-11,
    ];

    /// <summary>B₂ₖ / (2k (2k − 1)), k from 1.</summary>
    private static ReadOnlySpan<double> LgammaSeries =>
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400, 43867.0 / 244188];

    /// <summary>B₂ₖ / 2k, k from 1.</summary>
    private static ReadOnlySpan<double> DigammaSeries =>
        [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160, 43867.0 / 14364];

    /// <summary>log |Γ(x)|; +∞ at 0 and the negative integers.</summary>
    public static double Lgamma(double x)
    {
        if (!double.IsFinite(x))
        {
            return x * x;
        }

        if (x <= 0)
        {
            return x == Math.Floor(x) ? double.PositiveInfinity
                : x > -1e-17 ? -Math.Log(-x)
                : Math.Log(Math.PI / Math.Abs(SinPi(x) * x)) - Lgamma(-x);
        }

        return x < 1 ? (x * (x - 1) * LgammaFactor(x - 0.5)) - Math.Log(x)
            : x <= 2 ? (x - 1) * (x - 2) * LgammaFactor(x - 1.5)
            : x < 10 ? LgammaByRecurrence(x)
            : ((x - 0.5) * (Math.Log(x) - 1)) + (HalfLogTwoPi - 0.5 + LgammaTail(x));
    }

    /// <summary>Γ′(x)/Γ(x); NaN at the negative integers, −∞ at 0 and +∞ at −0.</summary>
    public static double Digamma(double x)
    {
        if (x <= 0)
        {
            return x == 0 ? Math.CopySign(double.PositiveInfinity, -x)
                : x == Math.Floor(x) ? double.NaN
                : Digamma(1 - x) - (Math.PI / TanPi(x));
        }

        if (x <= 2)
        {
            return x < 1 ? DigammaNearRoot(x, x - 0.5) - (1 / x) : DigammaNearRoot(x - 1, x - 1.5);
        }

        double sum = 0;
        for (; x < 10; x++)
        {
            sum -= 1 / x;
        }

        double square = 1 / (x * x);
        return sum + (Math.Log(x) - (0.5 / x) - (square * Polynomial(DigammaSeries, square)));
    }

    private static double LgammaFactor(double centered) => Polynomial(LgammaOverZeros, 2 * centered);

    /// <summary>Digamma of 1 + <paramref name="above"/>, which lies in [1, 2].</summary>
    private static double DigammaNearRoot(double above, double centered) =>
        (above - (DigammaRoot - 1) - DigammaRootRest) * Polynomial(DigammaOverRoot, 2 * centered);

    private static double LgammaByRecurrence(double x)
    {
        double product = 1;
        while (x > 2)
        {
            x--;
            product *= x;
        }

        return ((x - 1) * (x - 2) * LgammaFactor(x - 1.5)) + Math.Log(product);
    }

    private static double LgammaTail(double x) => x > 1e8 ? 0 : Polynomial(LgammaSeries, 1 / (x * x)) / x;

    /// <summary>sin(πx), by the distance to the nearest integer.</summary>
    private static double SinPi(double x) => Math.Sin(Math.PI * (x - Math.Round(x)));

    /// <summary>tan(πx), by the distance to the nearest integer.</summary>
    private static double TanPi(double x) => Math.Tan(Math.PI * (x - Math.Round(x)));
}

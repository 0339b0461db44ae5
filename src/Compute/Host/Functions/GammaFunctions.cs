namespace Backprop.Compute.Host.Functions;

/// <summary>
/// The logarithm of |Γ| and its first derivative: on [1, 2] the zeros times a polynomial, elsewhere recurrence, Stirling's series and reflection
/// (Abramowitz and Stegun 6.1.17, 6.1.41, 6.3.7, 6.3.18).
/// </summary>
/// <typeparam name="M">The elementary functions they are built on.</typeparam>
internal static partial class GammaFunctions<M>
    where M : struct, IElementaryFunctions
{
    private const double DigammaRoot = 1.4616321449683622;
    private const double DigammaRootRest = 9.549995429965697e-17;
    private const double HalfLogTwoPi = 0.91893853320467274;

    /// <summary>log |Γ(x)|; +∞ at 0 and the negative integers.</summary>
    public static double Lgamma(double x)
    {
        if (!(M.Abs(x) <= double.MaxValue))
        {
            return x * x;
        }

        return x > 0 ? LgammaOfPositive(x)
            : x == M.Floor(x) ? double.PositiveInfinity
            : x > -1e-17 ? -M.Log(-x)
            : M.Log(Math.PI / M.Abs(SinPi(x) * x)) - LgammaOfPositive(-x);
    }

    /// <summary>Γ′(x)/Γ(x); NaN at the negative integers, −∞ at 0 and +∞ at −0.</summary>
    public static double Digamma(double x) =>
        x > 0 || double.IsNaN(x) ? DigammaOfPositive(x)
        : x == 0 ? -1 / x
        : x == M.Floor(x) ? double.NaN
        : DigammaOfPositive(1 - x) - (Math.PI / TanPi(x));

    private static double LgammaOfPositive(double x) =>
        x < 1 ? (x * (x - 1) * LgammaFactor(x - 0.5)) - M.Log(x)
        : x <= 2 ? (x - 1) * (x - 2) * LgammaFactor(x - 1.5)
        : x < 10 ? LgammaByRecurrence(x)
        : ((x - 0.5) * (M.Log(x) - 1)) + (HalfLogTwoPi - 0.5 + LgammaTail(x));

    private static double DigammaOfPositive(double x)
    {
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
        return sum + (M.Log(x) - (0.5 / x) - (square * DigammaSeries(square)));
    }

    /// <summary>Digamma of 1 + <paramref name="above"/>, which lies in [1, 2].</summary>
    private static double DigammaNearRoot(double above, double centered) =>
        (above - (DigammaRoot - 1) - DigammaRootRest) * DigammaOverRoot(2 * centered);

    private static double LgammaByRecurrence(double x)
    {
        double product = 1;
        while (x > 2)
        {
            x--;
            product *= x;
        }

        return ((x - 1) * (x - 2) * LgammaFactor(x - 1.5)) + M.Log(product);
    }

    private static double LgammaFactor(double centered) => LgammaOverZeros(2 * centered);

    private static double LgammaTail(double x) => x > 1e8 ? 0 : LgammaSeries(1 / (x * x)) / x;

    /// <summary>sin(πx), by the distance to the nearest integer.</summary>
    private static double SinPi(double x) => M.Sin(Math.PI * (x - M.Round(x)));

    /// <summary>tan(πx), by the distance to the nearest integer.</summary>
    private static double TanPi(double x) => M.Tan(Math.PI * (x - M.Round(x)));

    private static double LgammaOverZeros(double t) =>
        new Horner<M>(t, -3.700571132904742e-12).Then(1.1577613910649688e-11).Then(-1.5936042537298723e-11)
            .Then(5.030067090605482e-11).Then(-2.075322954216366e-10).Then(6.5655031582108e-10).Then(-2.0184741279133343e-09)
            .Then(6.430366506216791e-09).Then(-2.0619851263731666e-08).Then(6.623870571642316e-08).Then(-2.138638060528023e-07)
            .Then(6.948428393704062e-07).Then(-2.2742472358027586e-06).Then(7.511391846837954e-06).Then(-2.5094328700900636e-05)
            .Then(8.510090373634476e-05).Then(-0.0002945507015164312).Then(0.001049818664454635).Then(-0.003913560937626331)
            .Then(0.015727850268641097).Then(-0.07297994795715304).Then(0.4831289505409809).Value;

    private static double DigammaOverRoot(double t) =>
        new Horner<M>(t, 2.832706668021759e-11).Then(-8.498137230186096e-11).Then(9.206434499177992e-11)
            .Then(-2.7619635330317715e-10).Then(1.2358072433984831e-09).Then(-3.7075072647122386e-09).Then(1.0542687624027994e-08)
            .Then(-3.163020268955334e-08).Then(9.542050972688906e-08).Then(-2.86315275846934e-07).Then(8.589127353033379e-07)
            .Then(-2.57809436305308e-06).Then(7.741232223504057e-06).Then(-2.325824239445257e-05).Then(6.995018873950506e-05)
            .Then(-0.00021074841140458636).Then(0.0006368880303257201).Then(-0.0019350666648590097).Then(0.005936795278305649)
            .Then(-0.018550615381735115).Then(0.060135621060196744).Then(-0.2118137106407303).Then(0.9510558760318328).Value;

    /// <summary>B₂ₖ / (2k (2k − 1)), k from 1.</summary>
    private static double LgammaSeries(double t) =>
        new Horner<M>(t, 43867.0 / 244188).Then(-3617.0 / 122400).Then(1.0 / 156).Then(-691.0 / 360360).Then(1.0 / 1188)
            .Then(-1.0 / 1680).Then(1.0 / 1260).Then(-1.0 / 360).Then(1.0 / 12).Value;

    /// <summary>B₂ₖ / 2k, k from 1.</summary>
    private static double DigammaSeries(double t) =>
        new Horner<M>(t, 43867.0 / 14364).Then(-3617.0 / 8160).Then(1.0 / 12).Then(-691.0 / 32760).Then(1.0 / 132)
            .Then(-1.0 / 240).Then(1.0 / 252).Then(-1.0 / 120).Then(1.0 / 12).Value;
}

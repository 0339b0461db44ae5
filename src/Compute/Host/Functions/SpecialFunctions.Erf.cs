namespace Backprop.Compute.Host.Functions;

/// <content>The error function: near zero x times a polynomial of x², beyond 0.5 exp(−x²) times a polynomial for exp(x²)·erfc(x).</content>
public static partial class SpecialFunctions
{
    private static ReadOnlySpan<double> ErfNearZero =>
    [
        1.0830752376761712, -0.043642058886697886, 0.0016130716680617082, -4.762336934519552e-05, 1.151603779519474e-06,
        -2.3472289797042594e-08, 4.1270252134730293e-10, -6.37686858732805e-12, 8.777299809787717e-14,
    ];

    private static ReadOnlySpan<double> ErfcxBelow125 =>
    [
        0.464311583202669, -0.11843771118406568, 0.02643144240560392, -0.005321657397280348, 0.000985376377399657,
        -0.00017001257906258004, 2.759439188015671e-05, -4.243888317818686e-06, 6.219837795704495e-07, -8.72685085046e-08,
        1.1766503709242535e-08, -1.5293528100325787e-09, 1.9189761867805772e-10, -2.3361099372376538e-11,
        2.909848167442584e-12, -3.3354795181211827e-13,
    ];

    private static ReadOnlySpan<double> ErfcxBelow250 =>
    [
        0.2694299851646704, -0.07376045170499898, 0.018808058613153666, -0.0045146551733171465, 0.001028143182267182,
        -0.000223472754143753, 4.657876559209208e-05, -9.345586754210051e-06, 1.8107427674061617e-06, -3.3970127868776125e-07,
        6.184661956061026e-08, -1.0948902702312894e-08, 1.888307159827298e-09, -3.1764234892135315e-10, 5.190841526729009e-11,
        -8.345678089734981e-12, 1.4664035921807876e-12, -2.2524188116788706e-13,
    ];

    private static ReadOnlySpan<double> ErfcxBelow500 =>
    [
        0.14558972127503853, -0.04557032191590441, 0.0138730555114459, -0.00411578685579907, 0.0011919491750339588,
        -0.000337462081677252, 9.352235942855997e-05, -2.5399555166487335e-05, 6.767067599360373e-06, -1.7702608129185564e-06,
        4.5509039158949954e-07, -1.1505522753685422e-07, 2.8623313298067097e-08, -7.012992795745357e-09,
        1.697037205293275e-09, -4.03806337403566e-10, 9.135185728266622e-11, -2.1199229770493456e-11, 6.465834776764858e-12,
        -1.4514356322516994e-12,
    ];

    private static ReadOnlySpan<double> ErfcxBeyond =>
    [
        0.5585427119422548, -0.005151299839841425, 0.00013735000379980447, -5.892932914523089e-06, 3.423199814609734e-07,
        -2.4763014648665467e-08, 2.123469527624713e-09, -2.0898252432370464e-10, 2.3071638873621828e-11,
        -2.8035271433632212e-12, 3.714610558844622e-13, -5.77797002421835e-14, 8.912559423032828e-15,
    ];

    /// <summary>2/√π times the integral of exp(−t²) from 0 to x.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        return magnitude <= 0.5 ? x * Polynomial(ErfNearZero, (8 * x * x) - 1)
            : magnitude < 6 ? Math.CopySign(1 - ErfcOfPositive(magnitude), x)
            : double.IsNaN(x) ? x
            : Math.Sign(x);
    }

    /// <summary>1 − erf(x), without cancellation for large x.</summary>
    public static double Erfc(double x) => x switch
    {
        double.NaN => x,
        <= 0.5 and >= -0.5 => 1 - Erf(x),
        < -6 => 2,
        < 0 => 2 - ErfcOfPositive(-x),
        < 27.3 => ErfcOfPositive(x),
        _ => 0,
    };

    private static double ErfcOfPositive(double x)
    {
        double scaled = x switch
        {
            < 1.25 => Polynomial(ErfcxBelow125, (x - 0.875) / 0.375),
            < 2.5 => Polynomial(ErfcxBelow250, (x - 1.875) / 0.625),
            < 5 => Polynomial(ErfcxBelow500, (x - 3.75) / 1.25),
            _ => Polynomial(ErfcxBeyond, ((1 / (x * x)) - 0.020625) / 0.019375) / x,
        };

        // x² = square + rest exactly: the rounding of the square would be magnified by exp.
        double square = x * x;
        double rest = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square) * (scaled - (scaled * rest));
    }
}

using Backprop.Compute.Host.Functions;

namespace Backprop.Compute.Devices.Functions;

/// <content>Inverses of the trigonometric and hyperbolic functions. The polynomials are minimax fits
/// (tests/Compute.Tests/Data/fit_vector.py).</content>
internal static partial class Real64
{
    private const double QuarterTurn = Math.PI / 2;
    private const double QuarterTurnRest = 6.123233995736766e-17;
    private const double Log2 = 0.6931471805599453;
    private const double Large = 268435456; // 2²⁸: 1 is negligible compared with its square

    public static double Atan(double x)
    {
        double a = Abs(x);
        double y = a <= 0.41421356 ? AtanSmall(a)
            : a < 2.41421356 ? (QuarterTurn / 2) + (AtanSmall((a - 1) / (a + 1)) + (QuarterTurnRest / 2))
            : QuarterTurn - (AtanSmall(1 / a) - QuarterTurnRest);
        return double.IsNaN(x) ? x : WithSign(y, x);
    }

    public static double Atan2(double y, double x)
    {
        double a = Abs(y), b = Abs(x);
        double angle = a == 0 && b == 0 ? 0 : a > double.MaxValue && b > double.MaxValue ? Math.PI / 4 : Atan(a / b);
        bool left = ILGPU.Interop.FloatAsInt(x) >> 63 != 0;
        angle = left ? Math.PI - (angle - (2 * QuarterTurnRest)) : angle;
        return double.IsNaN(x) || double.IsNaN(y) ? x + y : WithSign(angle, y);
    }

    public static double Asin(double x)
    {
        double a = Abs(x), z = (1 - a) * 0.5;
        double y = a <= 0.5 ? AsinSmall(a, a * a) : QuarterTurn - ((2 * AsinSmall(Sqrt(z), z)) - QuarterTurnRest);
        return double.IsNaN(x) || a > 1 ? double.NaN : WithSign(y, x);
    }

    public static double Acos(double x)
    {
        double z = (1 - Abs(x)) * 0.5, twice = 2 * AsinSmall(Sqrt(z), z);
        return x > 0.5 ? twice
            : x < -0.5 ? Math.PI - (twice - (2 * QuarterTurnRest))
            : QuarterTurn - (AsinSmall(x, x * x) - QuarterTurnRest);
    }

    public static double Asinh(double x)
    {
        double a = Abs(x), square = a * a;
        double y = a > Large ? Log(a) + Log2 : Log1p(a + (square / (1 + Sqrt(1 + square))));
        return double.IsNaN(x) ? x : WithSign(y, x);
    }

    public static double Acosh(double x)
    {
        double above = x - 1;
        return x < 1 ? double.NaN : x > Large ? Log(x) + Log2 : Log1p(above + Sqrt((2 * above) + (above * above)));
    }

    public static double Atanh(double x)
    {
        double a = Abs(x), y = 0.5 * Log1p(2 * a / (1 - a));
        return double.IsNaN(y) ? y : WithSign(y, x);
    }

    /// <summary>atan t, |t| ≤ tan(π/8); error of the polynomial 2⁻⁶⁴.</summary>
    private static double AtanSmall(double t)
    {
        double u = t * t;
        double p = new Horner<Elementary>(u, 0.01517920288160534).Then(-0.033458664429185166).Then(0.04502866481501796).Then(-0.052182350531655576)
            .Then(0.05876995232876614).Then(-0.06666224012787374).Then(0.0769228257027972).Then(-0.09090908136073099)
            .Then(0.11111111087940223).Then(-0.14285714285384182).Then(0.1999999999999764).Then(-0.33333333333333326).Value;
        return Fused.MultiplyAdd(t * u, p, t);
    }

    /// <summary>asin t, |t| ≤ ½, u = t²; error of the polynomial 2⁻⁶⁴.</summary>
    private static double AsinSmall(double t, double u)
    {
        double p = new Horner<Elementary>(u, 0.03382949380188797).Then(-0.026465724777831226).Then(0.025066597211758145).Then(0.0005748294050026577)
            .Then(0.01004110307367454).Then(0.009477656014529861).Then(0.011586581527406277).Then(0.013961813697856732)
            .Then(0.017352949409053083).Then(0.022372151412995478).Then(0.030381944650183564).Then(0.04464285713959489)
            .Then(0.0750000000000261).Then(0.1666666666666666).Value;
        return Fused.MultiplyAdd(t * u, p, t);
    }
}

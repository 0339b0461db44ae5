using Backprop.Compute.Host.VectorMath;
using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <content>Sine, cosine and tangent of the remainder after whole quarter turns; for large angles, after whole half turns.</content>
internal static partial class Real64
{
    private const double Rounding = 6755399441055744; // 1.5 · 2⁵²: the sum's low bits are the rounded number

    public static double Sin(double x)
    {
        if (!IsNear(x))
        {
            return SineOf(FarAngles.Reduced(x, 0));
        }

        double n = Fused.MultiplyAdd(x, 2 / Math.PI, Rounding), r = Remainder(x, (n - Rounding) * 0.5);
        double y = IsOdd(n) ? CosineOf(r) : SineOf(r);
        return IsTurned(n) ? -y : y;
    }

    public static double Cos(double x)
    {
        if (!IsNear(x))
        {
            return SineOf(FarAngles.Reduced(Abs(x), FarAngles.QuarterTurn));
        }

        double n = Fused.MultiplyAdd(x, 2 / Math.PI, Rounding), r = Remainder(x, (n - Rounding) * 0.5);
        double y = IsOdd(n) ? -SineOf(r) : CosineOf(r);
        return IsTurned(n) ? -y : y;
    }

    public static double Tan(double x)
    {
        if (!IsNear(x))
        {
            return Sin(x) / Cos(x);
        }

        double n = Fused.MultiplyAdd(x, 2 / Math.PI, Rounding), r = Remainder(x, (n - Rounding) * 0.5);
        return IsOdd(n) ? -(CosineOf(r) / SineOf(r)) : SineOf(r) / CosineOf(r);
    }

    private static bool IsNear(double x) => Abs(x) <= DoublePrecision.FarthestAngle;

    private static bool IsOdd(double quarters) => (Interop.FloatAsInt(quarters) & 1) != 0;

    private static bool IsTurned(double quarters) => (Interop.FloatAsInt(quarters) & 2) != 0;

    private static double Remainder(double x, double halfTurns) => DoublePrecision.Remainder(new Lane64(x), new Lane64(halfTurns)).Value;

    private static double SineOf(double r) => WithSign(DoublePrecision.Sine(new Lane64(Abs(r))).Value, r);

    private static double CosineOf(double r) => DoublePrecision.Cosine(new Lane64(Abs(r))).Value;
}

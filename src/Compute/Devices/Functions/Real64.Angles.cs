using Backprop.Compute.Host.VectorMath;
using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <content>Sine, cosine and tangent: near zero as the host has them, far out by the exact remainder of a half turn.</content>
internal static partial class Real64
{
    private const double Rounding = 6755399441055744; // 1.5 · 2⁵²: the sum's low bits are the rounded number

    public static double Sin(double x)
    {
        double n = Fused.MultiplyAdd(x, 1 / Math.PI, Rounding);
        return IsNear(x) ? Turned(Remainder(x, n - Rounding), n) : Turned(FarAngles.Reduced(x, false), Rounding);
    }

    public static double Cos(double x)
    {
        // cos x = sin(x + π/2), an even function.
        double n = Fused.MultiplyAdd(x, 1 / Math.PI, 0.5) + Rounding;
        return IsNear(x) ? Turned(Remainder(x, n - Rounding - 0.5), n) : Turned(FarAngles.Reduced(Abs(x), true), Rounding);
    }

    public static double Tan(double x)
    {
        if (!IsNear(x))
        {
            return Sin(x) / Cos(x);
        }

        double n = Fused.MultiplyAdd(x, 2 / Math.PI, Rounding);
        double r = Remainder(x, (n - Rounding) * 0.5);
        double sine = WithSign(DoublePrecision.Sine(new Lane64(Abs(r))).Value, r), cosine = DoublePrecision.Cosine(new Lane64(Abs(r))).Value;
        return (Interop.FloatAsInt(n) & 1) != 0 ? -(cosine / sine) : sine / cosine;
    }

    private static bool IsNear(double x) => x <= DoublePrecision.FarthestAngle && x >= -DoublePrecision.FarthestAngle;

    private static double Remainder(double x, double halfTurns) => DoublePrecision.Remainder(new Lane64(x), new Lane64(halfTurns)).Value;

    private static double Turned(double r, double halfTurns) => Angles.Sine<Lane64, double, DoublePrecision>(new Lane64(r), new Lane64(halfTurns)).Value;
}

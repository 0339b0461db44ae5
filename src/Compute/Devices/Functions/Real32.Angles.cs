using Backprop.Compute.Host.VectorMath;

namespace Backprop.Compute.Devices.Functions;

/// <content>Sine and cosine; for large angles they are computed in double precision.</content>
internal static partial class Real32
{
    private const float Rounding = 12582912; // 1.5 · 2²³

    public static float Sin(float x)
    {
        float n = Fused.MultiplyAdd(x, (float)(1 / Math.PI), Rounding);
        return IsNear(x) ? Turned(Remainder(x, n - Rounding), n) : (float)Real64.Sin(x);
    }

    public static float Cos(float x)
    {
        float n = Fused.MultiplyAdd(x, (float)(1 / Math.PI), 0.5f) + Rounding;
        return IsNear(x) ? Turned(Remainder(x, n - Rounding - 0.5f), n) : (float)Real64.Cos(x);
    }

    private static bool IsNear(float x) => Abs(x) <= (float)SinglePrecision.FarthestAngle;

    private static float Remainder(float x, float halfTurns) => SinglePrecision.Remainder(new Lane32(x), new Lane32(halfTurns)).Value;

    private static float Turned(float r, float halfTurns) => Angles.Sine<Lane32, float, SinglePrecision>(new Lane32(r), new Lane32(halfTurns)).Value;
}

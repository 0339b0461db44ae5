namespace Backprop.Compute.Devices.Functions;

/// <content>Functions that are computed in double precision and rounded.</content>
internal static partial class Real32
{
    public static float Tan(float x) => (float)Real64.Tan(x);

    public static float Asin(float x) => (float)Real64.Asin(x);

    public static float Acos(float x) => (float)Real64.Acos(x);

    public static float Atan(float x) => (float)Real64.Atan(x);

    public static float Atan2(float y, float x) => (float)Real64.Atan2(y, x);

    public static float Asinh(float x) => (float)Real64.Asinh(x);

    public static float Acosh(float x) => (float)Real64.Acosh(x);

    public static float Atanh(float x) => (float)Real64.Atanh(x);

    public static float Lgamma(float x) => (float)Real64.Lgamma(x);

    public static float Digamma(float x) => (float)Real64.Digamma(x);

    public static float Polygamma(float x, int n) => (float)Real64.Polygamma(x, n);

    public static float Mod(float x, float y) => (float)Real64.Mod(x, y);

    /// <summary>The powers that are frequent in gradients are products, as on the host.</summary>
    public static float Pow(float x, float y) =>
        y == 2 ? x * x
        : y == 3 ? x * x * x
        : y == 1 ? x
        : y == -1 ? 1 / x
        : y == 0.5f && x >= 0 ? Sqrt(x) + 0
        : (float)Real64.Power(x, y);
}

using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>float32.</summary>
internal readonly struct Arithmetic32 : IReal<float>
{
    public static float Zero => 0;

    public static float Add(float x, float y) => x + y;

    public static float Sub(float x, float y) => x - y;

    public static float Mul(float x, float y) => x * y;

    public static float Max(float x, float y) => Real32.Max(x, y);

    public static float Min(float x, float y) => Real32.Min(x, y);

    public static float MultiplyAdd(float x, float y, float z) => Fused.MultiplyAdd(x, y, z);

    public static bool Less(float x, float y) => x < y;

    public static bool IsNaN(float x) => float.IsNaN(x);

    public static float Exp(float x) => Real32.Exp(x);

    public static float Log(float x) => Real32.Log(x);

    public static float Log1p(float x) => Real32.Log1p(x);

    public static bool IsNearlyOne(float sum) => sum >= 1 && sum < 1.125f;

    public static float Div(float x, float y) => x / y;

    public static float Sqrt(float x) => Real32.Sqrt(x);

    public static float NormScale(float sum) => Real32.NormScale(sum);

    public static bool IsOutOfRange(float sum) => Real32.NormScale(sum) != 1;

    public static float Given(long bits) => (float)Interop.IntAsFloat((ulong)bits);

    public static bool IsInfinite(float x) => x > float.MaxValue || x < -float.MaxValue;
}

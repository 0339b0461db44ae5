using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>float64.</summary>
internal readonly struct Arithmetic64 : IReal<double>
{
    public static double Zero => 0;

    public static double Add(double x, double y) => x + y;

    public static double Sub(double x, double y) => x - y;

    public static double Mul(double x, double y) => x * y;

    public static double Max(double x, double y) => Real64.Max(x, y);

    public static double Min(double x, double y) => Real64.Min(x, y);

    public static double MultiplyAdd(double x, double y, double z) => Fused.MultiplyAdd(x, y, z);

    public static bool Less(double x, double y) => x < y;

    public static bool IsNaN(double x) => double.IsNaN(x);

    public static double Exp(double x) => Real64.Exp(x);

    public static double Log(double x) => Real64.Log(x);

    public static double Log1p(double x) => Real64.Log1p(x);

    public static bool IsNearlyOne(double sum) => sum >= 1 && sum < 1.125;

    public static double Div(double x, double y) => x / y;

    public static double Sqrt(double x) => Real64.Sqrt(x);

    public static double NormScale(double sum) => Real64.NormScale(sum);

    public static bool IsOutOfRange(double sum) => Real64.NormScale(sum) != 1;

    public static double Given(long bits) => Interop.IntAsFloat((ulong)bits);

    public static bool IsInfinite(double x) => x > double.MaxValue || x < -double.MaxValue;
}

namespace Backprop.Compute.Devices.Functions;

/// <summary>int64.</summary>
internal readonly struct ArithmeticWhole : IArithmetic<long>
{
    public static long Zero => 0;

    public static long Add(long x, long y) => x + y;

    public static long Sub(long x, long y) => x - y;

    public static long Mul(long x, long y) => x * y;

    public static long Max(long x, long y) => Whole64.Max(x, y);

    public static long Min(long x, long y) => Whole64.Min(x, y);

    public static long MultiplyAdd(long x, long y, long z) => (x * y) + z;

    public static bool Less(long x, long y) => x < y;

    public static bool IsNaN(long x) => false;
}

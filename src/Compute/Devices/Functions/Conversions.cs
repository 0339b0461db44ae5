namespace Backprop.Compute.Devices.Functions;

/// <summary>Cast: to integers by truncation, saturating, NaN to 0; to bool, true unless 0; from bool, 1 and 0.</summary>
internal static class Conversions
{
    private const double Beyond = 9223372036854775808;

    public static double ToFloat64(double x) => x;

    public static double ToFloat64(float x) => x;

    public static double ToFloat64(long x) => x;

    // ILGPU would take a selection between 1 and 0 for the bits of a bool.
    public static double ToFloat64(bool x) => (x ? 2.0 : 1.0) - 1;

    public static float ToFloat32(double x) => (float)x;

    public static float ToFloat32(float x) => x;

    public static float ToFloat32(long x) => x;

    public static float ToFloat32(bool x) => (x ? 2f : 1f) - 1;

    public static long ToInt64(double x) => double.IsNaN(x) ? 0 : x >= Beyond ? long.MaxValue : x < -Beyond ? long.MinValue : (long)x;

    public static long ToInt64(float x) => ToInt64((double)x);

    public static long ToInt64(long x) => x;

    public static long ToInt64(bool x) => x ? 1 : 0;

    public static bool ToBool(double x) => x != 0;

    public static bool ToBool(float x) => x != 0;

    public static bool ToBool(long x) => x != 0;

    public static bool ToBool(bool x) => x;
}

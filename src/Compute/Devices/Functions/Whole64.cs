using ILGPU;

namespace Backprop.Compute.Devices.Functions;

/// <summary>The elementwise primitives on int64, by their names; overflow wraps. An undefined result raises the fault flag and gives 0.</summary>
internal static class Whole64
{
    public static long Add(long x, long y) => x + y;

    public static long Sub(long x, long y) => x - y;

    public static long Mul(long x, long y) => x * y;

    public static long Div(long x, long y, ArrayView<long> fault) => y == 0 ? Faults.Raise(fault) : y == -1 ? -x : x / y;

    public static long Max(long x, long y) => x > y ? x : y;

    public static long Min(long x, long y) => x < y ? x : y;

    public static long Neg(long x) => -x;

    public static long Abs(long x) => x < 0 ? -x : x;

    public static long Sign(long x) => x > 0 ? 1 : x < 0 ? -1 : 0;

    public static bool Equal(long x, long y) => x == y;

    public static bool Greater(long x, long y) => x > y;

    public static bool GreaterOrEqual(long x, long y) => x >= y;

    public static bool Less(long x, long y) => x < y;

    public static bool LessOrEqual(long x, long y) => x <= y;

    public static long Where(bool condition, long x, long y) => condition ? x : y;

    /// <summary>The remainder with the sign of the dividend (C) or of the divisor (Python).</summary>
    public static long Mod(long x, long y, int fmod, ArrayView<long> fault)
    {
        long rest = y == 0 ? Faults.Raise(fault) : y == -1 ? 0 : x % y;
        return fmod == 0 && rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
    }

    /// <summary>A power; for a negative exponent the fraction is truncated.</summary>
    public static long Pow(long x, long y, ArrayView<long> fault)
    {
        if (y < 0)
        {
            return x == 0 ? Faults.Raise(fault) : x == 1 ? 1 : x == -1 ? (y & 1) == 0 ? 1 : -1 : 0;
        }

        long result = 1;
        while (y > 0)
        {
            result *= (y & 1) == 0 ? 1 : x;
            x *= x;
            y >>= 1;
        }

        return result;
    }
}

namespace Backprop.Compute.Host.Kernels;

/// <summary>Arithmetic of int64 that the machine traps on or .NET lacks. Overflow wraps.</summary>
internal static class Integers
{
    public static long Divide(long x, long y) => y switch
    {
        0 => throw new KernelException("integer division by zero"),
        -1 => unchecked(-x), // the processor traps on long.MinValue / −1
        _ => x / y,
    };

    /// <summary>The remainder with the sign of the dividend (C).</summary>
    public static long Remainder(long x, long y) => y switch
    {
        0 => throw new KernelException("integer modulus by zero"),
        -1 => 0,
        _ => x % y,
    };

    /// <summary>The remainder with the sign of the divisor (Python).</summary>
    public static long Modulus(long x, long y)
    {
        long rest = Remainder(x, y);
        return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
    }

    /// <summary>A power; for a negative exponent the fraction is truncated.</summary>
    public static long Power(long x, long y)
    {
        if (y < 0)
        {
            return x switch
            {
                0 => throw new KernelException("zero to a negative integer power"),
                1 => 1,
                -1 => (y & 1) == 0 ? 1 : -1,
                _ => 0,
            };
        }

        long result = 1;
        for (; y > 0; y >>= 1)
        {
            result = (y & 1) == 0 ? result : unchecked(result * x);
            x = unchecked(x * x);
        }

        return result;
    }
}

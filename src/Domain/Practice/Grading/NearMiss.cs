using Backprop.Domain.Practice.Units;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Says by which factor a number is off if that reveals the mistake, without revealing the key.</summary>
internal static class NearMiss
{
    private const double Tolerance = 0.005;
    private static readonly double[] Prefixes = [1e3, 1e6, 1e9, 1e12];
    private static readonly double[] Clocks = [60, 3600, 86400, 365.25, 365.25 * 24, 365.25 * 86400];

    /// <summary>The feedback on a wrong number.</summary>
    public static string Of(double value, double key, PhysicalDimension dimension)
    {
        if (value == 0 || key == 0)
        {
            return key == 0 ? "Not right: what cancels here?" : "Not right: it is not zero.";
        }

        if (Math.Abs(value + key) <= Tolerance * Math.Abs(key))
        {
            return "The magnitude is right, the sign is not.";
        }

        double ratio = Math.Abs(value / key);
        return ByFactor(ratio > 1 ? ratio : 1 / ratio, dimension)
            ?? (ratio > 1 ? "Not right: too large in magnitude." : "Not right: too small in magnitude.");
    }

    private static string? ByFactor(double factor, PhysicalDimension dimension)
    {
        if (Is(factor, 2))
        {
            return "Off by a factor of 2: is something counted twice, or left out?";
        }

        if (dimension.Bytes != 0 && Enumerable.Range(1, 5).Any(power => Is(factor, Math.Pow(1.024, power))))
        {
            return "Off by a power of 1.024: GB and GiB are different units.";
        }

        if (dimension.Seconds != 0 && Clocks.Any(clock => Is(factor, clock)))
        {
            return "Off by a conversion between units of time.";
        }

        if (dimension.Bytes != 0 && Is(factor, 8))
        {
            return "Off by a factor of 8: bits and bytes are different units.";
        }

        return Prefixes.Any(prefix => Is(factor, prefix)) ? "Off by a power of 1000: check the prefix."
            : Is(factor, 100) ? "Off by a factor of 100: check the percentage."
            : Is(factor, 10) ? "Off by a factor of 10: check the decimal point."
            : null;
    }

    private static bool Is(double factor, double expected) => Math.Abs((factor / expected) - 1) <= Tolerance;
}

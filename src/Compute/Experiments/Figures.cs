using System.Globalization;

namespace Backprop.Compute.Experiments;

/// <summary>Numbers as the conclusions write them.</summary>
internal static class Figures
{
    private const double Largest = 1e6;
    private const double Smallest = 1e-3;

    /// <summary>Three significant digits, with an exponent beyond a million and below a thousandth.</summary>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        return double.IsNaN(value) ? "NaN"
            : double.IsInfinity(value) ? value > 0 ? "infinity" : "minus infinity"
            : value == 0 ? "0"
            : size >= Largest || size < Smallest ? value.ToString("0.##e+0", CultureInfo.InvariantCulture)
            : size >= 100 ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G3", CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio as a percentage.</summary>
    public static string Percent(double ratio) => (100 * ratio).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A power of two: <c>2^-24</c>.</summary>
    public static string PowerOfTwo(double exponent) => $"2^{exponent.ToString("0", CultureInfo.InvariantCulture)}";
}

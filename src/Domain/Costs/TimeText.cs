using System.Globalization;

namespace Backprop.Domain.Costs;

/// <summary>A time in words.</summary>
public static class TimeText
{
    private const double Year = 365.25 * 86400;

    private static readonly (double Seconds, string Unit)[] Units =
        [(Year, "years"), (86400, "days"), (3600, "hours"), (60, "minutes"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

    /// <summary>
    /// A time to three significant digits in the largest unit that it reaches, or to whole units from a thousand on: <c>7.18 days</c>, <c>11.1
    /// years</c> (of 365.25 days), <c>2,773 years</c>, from 10¹⁵ years on <c>3.17e+15 years</c>.
    /// </summary>
    /// <param name="seconds">The time, not negative.</param>
    public static string Of(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return double.IsNaN(seconds) ? "an unknown time" : "forever";
        }

        (double length, string unit) = Units.FirstOrDefault(each => seconds >= each.Seconds, Units[^1]);
        return $"{Number(seconds / length)} {unit}";
    }

    private static string Number(double value) => value switch
    {
        >= 1e15 => value.ToString("0.00e+0", CultureInfo.InvariantCulture),
        >= 99.95 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

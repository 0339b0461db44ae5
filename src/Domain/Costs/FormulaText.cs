using System.Globalization;

namespace Backprop.Domain.Costs;

/// <summary>Numbers in formulas for display.</summary>
public static class FormulaText
{
    private const double MostWritten = 1e15;

    /// <summary>Integers below 1e15 with all digits, other numbers with five.</summary>
    public static string Of(double value) => double.IsInteger(value) && Math.Abs(value) < MostWritten
        ? value.ToString("0", CultureInfo.InvariantCulture)
        : value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A duration in a suitable unit: <c>7.18 days</c>, <c>2.77e3 years</c> of 365.25 days; three digits.</summary>
    public static string Duration(double seconds)
    {
        (double Unit, string Name)[] units = [(31_557_600, "years"), (86_400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"), (1e-3, "ms"),
            (0, "µs")];
        (double unit, string name) = units.First(pair => seconds >= pair.Unit);
        double value = seconds / (unit == 0 ? 1e-6 : unit);
        string number = value < 1000
            ? Math.Round(value, 2).ToString("G3", CultureInfo.InvariantCulture)
            : value.ToString("N0", CultureInfo.InvariantCulture);
        return $"{number} {name}";
    }
}

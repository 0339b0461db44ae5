using System.Globalization;
using System.Text;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Numbers as learners see them, the same in every culture.</summary>
internal static class Shown
{
    private const double Large = 1e6;
    private const double Small = 1e-3;

    /// <summary>Up to six significant digits; very large and very small ones with a power of ten: <c>3.5×10^8</c>.</summary>
    public static string Number(double value)
    {
        value += 0.0; // −0 is 0 to learners.
        double size = Math.Abs(value);
        if (size == 0 || (size >= Small && size < Large))
        {
            return Signed(Significant(value, 6).ToString("0.##########", CultureInfo.InvariantCulture));
        }

        string[] parts = value.ToString("E5", CultureInfo.InvariantCulture).Split('E');
        string digits = parts[0].Contains('.') ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
        int power = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Signed($"{digits}×10^{power.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>All digits.</summary>
    public static string Exact(double value) => Signed(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A count, from a million on in words: <c>7 billion</c>.</summary>
    public static string Count(double value) => value switch
    {
        >= 1e12 => $"{Number(value / 1e12)} trillion",
        >= 1e9 => $"{Number(value / 1e9)} billion",
        >= 1e6 => $"{Number(value / 1e6)} million",
        _ => Number(value),
    };

    /// <summary>A number inside a formula: all its digits, in parentheses if it is negative.</summary>
    public static string Factor(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return value < 0 ? $"({digits})" : digits;
    }

    /// <summary>Numbers in brackets.</summary>
    public static string List(IEnumerable<double> values) => new StringBuilder("[").AppendJoin(", ", values.Select(Number)).Append(']').ToString();

    /// <summary>Rounded to the given number of significant digits.</summary>
    public static double Significant(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);

    private static string Signed(string digits) => digits.Replace('-', '−');
}

using System.Globalization;
using System.Text;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Numbers as learners see them, the same in every culture.</summary>
internal static class Shown
{
    private const int Digits = 6;
    private const int MostDigits = 10;
    private const double Large = 1e6;
    private const double Small = 1e-3;
    private const double LeastGrouped = 1e4;

    // Every smaller whole number is a double.
    private const double MaxWhole = 9007199254740992;

    /// <summary>A number in full if <see cref="Exactly"/> can write it, otherwise with up to six significant digits.</summary>
    public static string Number(double value) => Exactly(value) ?? Rounded(value, Digits);

    /// <summary>
    /// A number in full, or null if that would be unreadable. Whole numbers have groups of three digits from 10,000 on; other dyadic numbers have at
    /// most ten significant digits: <c>16,777,216</c>, <c>2.796875</c>; powers of two may be written as such: <c>2^−24</c>.
    /// </summary>
    public static string? Exactly(double value)
    {
        double size = Math.Abs(value);
        if (double.IsInteger(value) && size < MaxWhole)
        {
            return Grouped(value + 0.0); // −0 is 0 to learners.
        }

        if (size >= Large || (float)value != value)
        {
            return null;
        }

        return Significant(value, MostDigits) == value ? Grouped(value)
            : double.IsPow2(value) ? Signed($"2^{Math.ILogB(value).ToString(CultureInfo.InvariantCulture)}")
            : null;
    }

    /// <summary>Up to a number of significant digits; very large and very small ones with a power of ten: <c>3.5×10^8</c>.</summary>
    public static string Rounded(double value, int digits)
    {
        double size = Math.Abs(value);
        if (size is >= Small and < Large)
        {
            return Grouped(Significant(value, digits));
        }

        string[] parts = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('E');
        string significand = parts[0].Contains('.') ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
        int power = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Signed($"{significand}×10^{power.ToString(CultureInfo.InvariantCulture)}");
    }

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

    /// <summary>A number at the beginning of a product in a formula.</summary>
    public static string Coefficient(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number that is subtracted in a formula: <c>- 3</c>, or <c>+ 3</c> for −3.</summary>
    public static string Minus(double value) => $"{(value < 0 ? '+' : '-')} {Coefficient(Math.Abs(value))}";

    /// <summary>A sum as it is written: <c>2 − 3 + 4</c>.</summary>
    public static string Sum(IReadOnlyList<double> terms) =>
        string.Concat(terms.Select((term, i) => i == 0 ? Number(term) : $" {(term < 0 ? '−' : '+')} {Number(Math.Abs(term))}"));

    /// <summary>Numbers in brackets.</summary>
    public static string List(IEnumerable<double> values) => new StringBuilder("[").AppendJoin(", ", values.Select(Number)).Append(']').ToString();

    /// <summary>Rounded to the given number of significant digits.</summary>
    public static double Significant(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);

    private static string Grouped(double value) =>
        Signed(value.ToString(Math.Abs(value) < LeastGrouped ? "0.################" : "#,0.################", CultureInfo.InvariantCulture));

    private static string Signed(string digits) => digits.Replace('-', '−');
}

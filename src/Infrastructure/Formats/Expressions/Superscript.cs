namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Whole numbers in superscript digits: the exponent of <c>x²</c> and <c>x⁻¹</c>.</summary>
internal static class Superscript
{
    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const char Minus = '⁻';
    private const int LongestNumber = 9;

    /// <summary>The length of the number that <paramref name="text"/> begins with, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        int sign = text[0] == Minus ? 1 : 0;
        int end = text[sign..].IndexOfAnyExcept(Digits);
        int digits = end < 0 ? text.Length - sign : end;
        return digits is > 0 and <= LongestNumber ? sign + digits : 0;
    }

    /// <summary>The number written by <paramref name="text"/>.</summary>
    public static long Value(ReadOnlySpan<char> text)
    {
        long value = 0;
        foreach (char digit in text.TrimStart(Minus))
        {
            value = (10 * value) + Digits.IndexOf(digit);
        }

        return text[0] == Minus ? -value : value;
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Backprop.Client.Json;

/// <summary>A number as written: its double and, if it is a whole number that int64 can represent, its exact value.</summary>
internal readonly record struct NumberToken(double Value, long Integer, bool IsInteger)
{
    private const ulong ExactIntegers = 1UL << 53;

    private const NumberStyles WholeStyles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>True for a whole number that its double may not represent exactly.</summary>
    public bool NeedsInteger => IsInteger && (Integer > (long)ExactIntegers || Integer < -(long)ExactIntegers);

    /// <summary>True for a whole number in any notation except −0, which exists only in floating point.</summary>
    public bool IsWhole => IsInteger
        || (Value == Math.Floor(Value) && Math.Abs(Value) <= ExactIntegers && !(Value == 0 && double.IsNegative(Value)));

    /// <summary>The number as an integer, if it is whole.</summary>
    public long Whole => IsInteger ? Integer : (long)Value;

    /// <summary>The number at the reader's position.</summary>
    /// <exception cref="JsonException">The number overflows to infinity.</exception>
    public static NumberToken Read(ref Utf8JsonReader reader) =>
        Parse(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);

    // Up to 19 digits fit a ulong. If their value is at most 2^53 and at most 22 digits follow the point, both the digits and the power of ten are
    // exact doubles and one division rounds correctly (Clinger 1990); the library parses all others.
    private static NumberToken Parse(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == '-';
        int start = negative ? 1 : 0;
        int position = start;
        ulong digits = Digits(text, ref position, 0);
        if (position == text.Length)
        {
            return OfDigits(text, digits, position - start, negative);
        }

        int fraction = 0;
        if (text[position] == '.')
        {
            int point = position++;
            digits = Digits(text, ref position, digits);
            fraction = position - point - 1;
        }

        bool exact = position == text.Length && position - start <= 20 && digits <= ExactIntegers && fraction < PowersOfTen.Length;
        return exact ? new NumberToken((negative ? -1.0 : 1.0) * digits / PowersOfTen[fraction], 0, false) : Long(text);
    }

    private static ulong Digits(ReadOnlySpan<byte> text, ref int position, ulong digits)
    {
        for (; position < text.Length && (uint)(text[position] - '0') <= 9; position++)
        {
            digits = unchecked((digits * 10) + (ulong)(text[position] - '0'));
        }

        return digits;
    }

    // −0 is left to the doubles, since integers have none.
    private static NumberToken OfDigits(ReadOnlySpan<byte> text, ulong digits, int length, bool negative)
    {
        if (negative && digits == 0)
        {
            return Long(text);
        }

        if (length <= 18)
        {
            long integer = negative ? -(long)digits : (long)digits;
            return new NumberToken(integer, integer, true);
        }

        return Utf8Parser.TryParse(text, out long exact, out int read) && read == text.Length
            ? new NumberToken(exact, exact, true)
            : Long(text);
    }

    // A whole number may be written with a point or an exponent: its digits are decisive, since the nearest double may differ.
    private static NumberToken Long(ReadOnlySpan<byte> text)
    {
        if (long.TryParse(text, WholeStyles, CultureInfo.InvariantCulture, out long integer)
            && new NumberToken(integer, integer, true) is { NeedsInteger: true } whole)
        {
            return whole;
        }

        bool parsed = Utf8Parser.TryParse(text, out double value, out int read) && read == text.Length;
        return parsed && double.IsFinite(value)
            ? new NumberToken(value, 0, false)
            : throw new ContractException("The number exceeds the range of float64; write infinity as the string \"Infinity\".");
    }
}

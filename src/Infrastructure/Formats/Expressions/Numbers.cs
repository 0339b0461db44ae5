using System.Globalization;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Number literals: whole ones are int64 if they fit, all others float64. The digits decide which, not the nearest double.</summary>
internal static class Numbers
{
    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const long ExactDoubles = 1L << 53;

    // 2^63, of which only the negative is an int64.
    private static readonly Literal NextAfterLargest = Literal.Of(9223372036854775808.0);

    /// <summary>The number of a token.</summary>
    public static Literal Read(Token<TokenKind> word)
    {
        string text = word.ToStringValue().Replace("_", string.Empty);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
        {
            return Literal.Of(whole);
        }

        if (text == "9223372036854775808")
        {
            return NextAfterLargest;
        }

        if (long.TryParse(text, Decimal, CultureInfo.InvariantCulture, out whole) && whole > ExactDoubles)
        {
            return Literal.Of(whole);
        }

        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? Literal.Of(value) : throw word.Error($"the number {word.Quoted()} is outside the range of float64");
    }

    /// <summary>The negated number. Only floating-point zero has a sign.</summary>
    public static Literal Negated(Literal number)
    {
        if (number.Value.DType != DType.Int64)
        {
            return ReferenceEquals(number, NextAfterLargest) ? Literal.Of(long.MinValue) : Literal.Of(-number.Value[0]);
        }

        long whole = number.Value.Values<long>()[0];
        return whole == 0 ? Literal.Of(-0.0) : Literal.Of(-whole);
    }
}

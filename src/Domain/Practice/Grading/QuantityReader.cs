using Backprop.Domain.Practice.Units;

namespace Backprop.Domain.Practice.Grading;

/// <summary>A number as it was read.</summary>
/// <param name="Value">The number before its unit.</param>
/// <param name="Meanings">What the unit may mean; null if none was written.</param>
/// <param name="IsQuotient">True if it was written as a quotient: 1/3.</param>
/// <param name="Figures">The number of significant figures as written; unlimited for a quotient or a power, which is exact.</param>
public sealed record Quantity(double Value, IReadOnlyList<Unit>? Meanings, bool IsQuotient, int Figures)
{
    /// <summary>The unit as written; empty if none was.</summary>
    public string Unit { get; init; } = string.Empty;
}

/// <summary>Reads numbers with or without a unit.</summary>
public static class QuantityReader
{
    private static readonly string[] Prefaces = ["approximately", "approx.", "approx", "about", "circa", "ca.", "roughly", "around", "~", "≈",
        "≃", "="];
    private const int MostParts = 8;
    private const double Rounding = 0.02;

    /// <summary>The quantity in a text, or why it contains none.</summary>
    public static (Quantity? Quantity, string? Reason) Read(string text)
    {
        string plain = WithoutPreface(WithoutName(PlainText.Of(text)));
        (plain, string? restated) = WithoutRestatement(plain);
        (Quantity? quantity, string? reason) = One(plain, text);
        return restated is null || quantity is null ? (quantity, reason) : Same(quantity, One(restated, text).Quantity, text);
    }

    private static (Quantity? Quantity, string? Reason) One(string plain, string text)
    {
        var numerals = new NumeralReader(plain);
        if (numerals.Read() is not { } value)
        {
            return (null, $"'{Shown(text)}' is not a number. Write one such as 42, 6.2e5, 3.5×10^8 s, 1/3 or 33 %.");
        }

        string unit = UnitAt(numerals, out string rest);
        if (!double.IsFinite(value))
        {
            return (null, $"'{Shown(text)}' is not a finite number.");
        }

        IReadOnlyList<Unit>? meanings = unit.Length == 0 ? null : UnitReader.Read(unit);
        if (meanings is { Count: 0 })
        {
            return (null, $"'{Shown(unit)}' is not a known unit.");
        }

        var first = new Quantity(value, meanings, numerals.IsQuotient, numerals.Figures) { Unit = unit };
        return rest.Length == 0 ? (first, null) : Compound(first, rest, text);
    }

    // 7 days 4 hours: parts of one dimension, each with its unit, of one sign.
    private static (Quantity? Quantity, string? Reason) Compound(Quantity first, string rest, string text)
    {
        if (first.Meanings?.FirstOrDefault() is not { Dimension: { Seconds: 1 } time } unit)
        {
            return (null, $"'{Shown(text)}' is more than one number.");
        }

        double total = first.Value * unit.Factor;
        for (int part = 1; rest.Length > 0; part++)
        {
            var numerals = new NumeralReader(rest);
            if (part > MostParts || numerals.Read() is not { } value || value < 0
                || UnitReader.Read(UnitAt(numerals, out rest)).FirstOrDefault(meaning => meaning.Dimension == time) is not { Factor: > 0 } next)
            {
                return (null, $"'{Shown(text)}' is more than one number.");
            }

            total += value * next.Factor;
        }

        return (new Quantity(total, [new Unit(1, time)], false, int.MaxValue), null);
    }

    // A unit extends to the next digit; "and" and commas may join the parts of a time.
    private static string UnitAt(NumeralReader numerals, out string rest)
    {
        string all = numerals.Rest;
        int digit = all.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        string unit = (digit < 0 ? all : all[..digit]).Trim();
        rest = digit < 0 ? string.Empty : all[digit..];
        if (digit >= 0)
        {
            unit = unit.EndsWith(" and", StringComparison.Ordinal) ? unit[..^4] : unit.TrimEnd(',');
        }

        return unit.TrimEnd('.', ' ').Trim();
    }

    // dL/da = -24: what is before a single "=" only names the number.
    private static string WithoutName(string text)
    {
        int sign = text.IndexOf('=');
        return sign > 0 && sign == text.LastIndexOf('=') && text[..sign].Any(char.IsLetter) ? text[(sign + 1)..].TrimStart() : text;
    }

    // 7.18 days (620,000 s): the same value in another unit.
    private static (string First, string? Restated) WithoutRestatement(string text)
    {
        int open = text.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && text.EndsWith(')') && char.IsLetter(text[open - 1]) ? (text[..open], text[(open + 2)..^1]) : (text, null);
    }

    private static (Quantity? Quantity, string? Reason) Same(Quantity first, Quantity? second, string text)
    {
        bool agree = second is not null && Meanings(first).Any(x => Meanings(second).Any(y =>
            x.Dimension == y.Dimension && Math.Abs(x.Factor - y.Factor) <= Rounding * Math.Abs(x.Factor)));
        return agree ? (first, null) : (null, $"'{Shown(text)}' gives two different values; give one.");
    }

    private static IEnumerable<Unit> Meanings(Quantity quantity) =>
        (quantity.Meanings ?? [Unit.One]).Select(meaning => meaning with { Factor = quantity.Value * meaning.Factor });

    private static string WithoutPreface(string text)
    {
        foreach (string preface in Prefaces)
        {
            if (text.StartsWith(preface, StringComparison.OrdinalIgnoreCase))
            {
                return WithoutPreface(text[preface.Length..].TrimStart());
            }
        }

        return text;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

using System.Globalization;
using System.Text;

namespace Backprop.Domain.Practice.Grading;

/// <summary>Converts typographic and TeX spellings of numbers and formulas to plain characters.</summary>
internal static class PlainText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
    private const string Plain = "0123456789-+";

    /// <summary>The text with one kind of minus, times sign and space, with powers as <c>^n</c>, and without TeX.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length + 4);
        bool raised = false;
        foreach (char c in text.Replace("\\times", "*", StringComparison.Ordinal).Replace("\\cdot", "*", StringComparison.Ordinal))
        {
            int power = Superscripts.IndexOf(c, StringComparison.Ordinal);
            if (power >= 0 && !raised)
            {
                plain.Append('^');
            }

            raised = power >= 0;
            plain.Append(raised ? Plain[power].ToString() : Spelled(c));
        }

        return plain.ToString().Replace("**", "^", StringComparison.Ordinal).Trim();
    }

    private static string Fraction(char c) => $"({CharUnicodeInfo.GetNumericValue(c).ToString("R", CultureInfo.InvariantCulture)})";

    private static string Spelled(char c) => c switch
    {
        '−' or '–' or '—' or '‐' or '‑' or '﹣' or '－' => "-",
        '×' or '·' or '⋅' or '∙' or '•' or '✕' or '✖' or '∗' => "*",
        '÷' or '⁄' or '∕' => "/",
        'µ' or 'μ' => "u",
        '’' => "'",
        '\t' or '\r' or '\n' or '\u00A0' or '\u2007' or '\u2009' or '\u200A' or '\u202F' => " ",
        '{' => "(",
        '}' => ")",
        '$' or '\\' => string.Empty,
        _ => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNumber && CharUnicodeInfo.GetNumericValue(c) is > 0 and < 1
            ? Fraction(c)
            : c.ToString(),
    };
}

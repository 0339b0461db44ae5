using System.Globalization;
using System.Text;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>Makes any string displayable.</summary>
internal static class DisplayText
{
    /// <summary>The maximum length of a shown text, including zero-width characters.</summary>
    private const int LongestText = 160;

    /// <summary>The text without the characters that XML 1.0 forbids (production [2] Char); lone surrogates become U+FFFD.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF));
            if (allowed)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>The cleaned text on one line: runs of white space and control characters become one space.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in Clean(text).EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (!blank)
            {
                line.Append(rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>The text on one line, truncated with an ellipsis if it is wider than <paramref name="width"/>.</summary>
    public static string Shorten(string text, double width, Font font)
    {
        var line = OneLine(text);
        if (line.Length <= LongestText && TextMeasure.Width(line, font) <= width)
        {
            return line;
        }

        var left = width - TextMeasure.Width("…", font);
        var end = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            left -= TextMeasure.Width(rune, font);
            if (left < 0 || end >= LongestText)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return line[..end] + "…";
    }

    /// <summary>The full name that a node is shown under.</summary>
    public static string NameOf(DiagramNode node) => string.IsNullOrWhiteSpace(OneLine(node.Label)) ? node.Id : node.Label;

    /// <summary>A coordinate with one decimal, independent of the culture.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>Makes any string displayable.</summary>
internal static class DisplayText
{
    /// <summary>The maximum length of a shown text, including zero-width characters.</summary>
    private const int LongestText = 160;

    /// <summary>The maximum length of a text on several lines: a dozen numbers need less.</summary>
    private const int LongestWrapped = 500;
    private const int MostLines = 14;

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

    /// <summary>
    /// The text on one line; if it is wider than <paramref name="width"/>, its middle is left out, since the ends of a qualified name tell most:
    /// <c>transformer.…query_projection.weight</c>.
    /// </summary>
    public static string Shorten(string text, double width, Font font)
    {
        var line = OneLine(text);
        if (Fits(line, width, font))
        {
            return line;
        }

        var left = width - TextMeasure.Width("…", font);
        var runes = line.EnumerateRunes().ToArray();
        var head = string.Concat(Fitting(runes, left / 2, font));
        var separator = head.IndexOfAny(['.', '/', ':'], Math.Min(1, head.Length));
        head = separator > 0 ? head[..(separator + 1)] : string.Concat(Fitting(runes, left / 3, font));
        Array.Reverse(runes);
        return $"{head}…{string.Concat(Fitting(runes, left - TextMeasure.Width(head, font), font).Reverse())}";
    }

    /// <summary>
    /// The text on as many lines as it needs, broken at line breaks and spaces; only a word that is wider than a line is shortened, so that numbers
    /// are never cut.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, Font font)
    {
        var lines = new List<string>();
        var parts = text.Length <= LongestWrapped ? text : $"{text[..LongestWrapped]} …";
        foreach (var part in parts.Split('\n'))
        {
            var line = "";
            foreach (var word in OneLine(part).Split(' '))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length == 0 || Fits(longer, width, font))
                {
                    line = Shorten(longer, width, font);
                    continue;
                }

                lines.Add(line);
                line = Shorten(word, width, font);
            }

            lines.Add(line);
        }

        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), "…"];
    }

    private static bool Fits(string line, double width, Font font) => line.Length <= LongestText && TextMeasure.Width(line, font) <= width;

    /// <summary>The first runes that fit; their number is limited, too, since some have no width.</summary>
    private static IEnumerable<Rune> Fitting(Rune[] runes, double width, Font font)
    {
        foreach (var rune in runes.Take(LongestText / 3))
        {
            width -= TextMeasure.Width(rune, font);
            if (width < 0)
            {
                yield break;
            }

            yield return rune;
        }
    }

    /// <summary>The full name that a node is shown under.</summary>
    public static string NameOf(DiagramNode node) => string.IsNullOrWhiteSpace(OneLine(node.Label)) ? node.Id : node.Label;

    /// <summary>A coordinate with one decimal, independent of the culture.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>The size and weight of a text, in pixels.</summary>
internal readonly record struct Font(double Size, bool Bold = false);

/// <summary>
/// An upper bound on the width of a text in the sans-serif fonts that browsers use: the advances of DejaVu Sans, one of the widest, so that a text
/// never overflows its box in any font.
/// </summary>
internal static class TextMeasure
{
    /// <summary>The ratio of the width of bold to that of regular letters.</summary>
    private const double Boldness = 1.13;

    /// <summary>Advances of U+0020 to U+007E in hundredths of the font size.</summary>
    private static ReadOnlySpan<byte> Ascii =>
    [
        32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
        100, 68, 69, 70, 77, 63, 58, 77, 75, 30, 30, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
        50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64,
        84,
    ];

    /// <summary>The width of a text on one line, in pixels.</summary>
    public static double Width(string text, Font font)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune, font);
        }

        return width;
    }

    /// <summary>The width of one character, in pixels.</summary>
    public static double Width(Rune rune, Font font) => Advance(rune) * font.Size * (font.Bold ? Boldness : 1);

    private static double Advance(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Ascii[rune.Value - 0x20] / 100.0,
        '·' => 0.35,
        '∂' => 0.6,
        '×' or '÷' or '−' or '←' or '→' => 0.84,
        0xFDFD => 12, // ﷽, a whole sentence in one character
        _ when IsZeroWidth(rune) => 0,
        < 0x1100 => 1,
        _ => 1.3,
    };

    private static bool IsZeroWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
}

using System.Globalization;
using System.Text;

namespace Backprop.Domain.Graphs;

/// <summary>A part of the text of an expression.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Start">Where the part begins.</param>
/// <param name="Length">Its length; 0 for the end of the text.</param>
public readonly record struct TextPlace(string Text, int Start, int Length)
{
    private const int WidestExcerpt = 72;
    private const int MostBefore = 24;
    private const int LongestPart = 60;
    private const char Cut = '…';

    /// <summary>The line on which the part begins, from 1.</summary>
    public int Line => Text.AsSpan(0, Start).Count('\n') + 1;

    /// <summary>The column at which the part begins, from 1.</summary>
    public int Column => Start - LineStart + 1;

    /// <summary>The part, on one line and shortened if it is long.</summary>
    public string Part
    {
        get
        {
            string part = string.Join(' ', Text.Substring(Start, Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return part.Length <= LongestPart ? part : part[..Whole(part, LongestPart)] + Cut;
        }
    }

    /// <summary>
    /// The line on which the part begins, and below it carets that mark the part. A long line is cut to the surroundings of the part.
    /// </summary>
    public string Excerpt
    {
        get
        {
            int first = Start - LineStart > WidestExcerpt - MostBefore ? Whole(Text, Start - MostBefore) : LineStart;
            int last = Math.Min(LineEnd, Whole(Text, Math.Min(first + WidestExcerpt, Text.Length)));
            string before = first > LineStart ? $"{Cut}" : string.Empty;
            string line = before + Text[first..last].TrimEnd('\r') + (last < LineEnd ? Cut : string.Empty);
            int width = Width(Text.AsSpan(Start, Math.Clamp(Math.Min(Start + Length, last) - Start, 0, Length)));
            return $"{line}\n{Blank(before + Text[first..Start])}{new string('^', Math.Max(width, 1))}";
        }
    }

    /// <summary>The line and the column, as messages write them.</summary>
    public override string ToString() => $"line {Line}, column {Column}";

    private int LineStart => Text.AsSpan(0, Start).LastIndexOf('\n') + 1;

    private int LineEnd => Text.IndexOf('\n', Start) is >= 0 and int end ? end : Text.Length;

    // Half of a surrogate pair is no character.
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string Blank(string text) => new([.. text.EnumerateRunes().Where(IsVisible).Select(rune => rune.Value == '\t' ? '\t' : ' ')]);

    private static int Width(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += IsVisible(rune) ? 1 : 0;
        }

        return width;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
        && rune.Value != '\r';
}

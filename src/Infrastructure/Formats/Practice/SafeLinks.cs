using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>
/// Keeps links to web pages and mail addresses; of any other, such as <c>javascript:</c>, only the text is kept. The check uses the address that a
/// reader's program gets, however its scheme was written.
/// </summary>
internal static class SafeLinks
{
    private const int MostTurns = 8;
    private static readonly string[] Schemes = ["http://", "https://", "mailto:"];

    /// <summary>Removes the unsafe links from a document.</summary>
    public static void Keep(MarkdownDocument document)
    {
        foreach (LinkInline link in document.Descendants<LinkInline>().Where(link => !IsSafe(link)).ToArray())
        {
            while (link.FirstChild is { } text)
            {
                text.Remove();
                link.InsertBefore(text);
            }

            link.Remove();
        }

        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().Where(link => !IsSafe(link)).ToArray())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }
    }

    /// <summary>The Markdown without unsafe links, and with HTML as text, for programs that render it themselves.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="read">Parses a text, with exact positions.</param>
    public static string Keep(string markdown, Func<string, MarkdownDocument> read)
    {
        // Removing one link may create another.
        for (int i = 0; i < MostTurns; i++)
        {
            string edited = Edited(markdown, read(markdown));
            if (edited == markdown)
            {
                return markdown;
            }

            markdown = edited;
        }

        return Escaped(markdown);
    }

    private static string Edited(string markdown, MarkdownDocument document)
    {
        var edits = new List<(int Start, int End, string Text)>();
        foreach (LinkInline link in document.Descendants<LinkInline>().Where(link => !IsSafe(link)))
        {
            edits.Add((link.Span.Start, link.Span.End, Escaped(TextOf(link))));
        }

        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().Where(link => !IsSafe(link)))
        {
            edits.Add((link.Span.Start, link.Span.End, Escaped(link.Url)));
        }

        foreach (LinkReferenceDefinition link in document.Descendants<LinkReferenceDefinition>().Where(link => !IsSafe(link.Url)))
        {
            edits.Add((link.Span.Start, link.Span.End, ""));
        }

        foreach (LiteralInline text in document.Descendants<LiteralInline>())
        {
            edits.AddRange(Tags(markdown, text.Span).Select(at => (at, at, "\\<")));
        }

        return Edited(markdown, edits);
    }

    private static bool IsSafe(LinkInline link) => IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url);

    private static bool IsSafe(AutolinkInline link) => link.IsEmail || IsSafe(link.Url);

    private static bool IsSafe(string? address) =>
        address is not null && Array.Exists(Schemes, scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    // A browser would parse this as the beginning of a tag, and no backslash prevents it.
    private static IEnumerable<int> Tags(string markdown, SourceSpan span)
    {
        for (int i = Math.Max(0, span.Start); i <= span.End && i + 1 < markdown.Length; i++)
        {
            bool isTag = markdown[i] == '<' && (char.IsAsciiLetter(markdown[i + 1]) || markdown[i + 1] is '/' or '!' or '?');
            if (isTag && !(i > 0 && markdown[i - 1] == '\\'))
            {
                yield return i;
            }
        }
    }

    private static string TextOf(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()));

    private static string Escaped(string text) => string.Concat(text.Select(letter => IsMark(letter) ? $"\\{letter}" : $"{letter}"));

    private static bool IsMark(char letter) => char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter));

    // The outermost of nested ranges contains the text of the inner ones.
    private static string Edited(string text, List<(int Start, int End, string Text)> edits)
    {
        var edited = new StringBuilder();
        int done = 0;
        foreach ((int start, int end, string replacement) in edits.OrderBy(edit => edit.Start).ThenByDescending(edit => edit.End))
        {
            if (start < done || end >= text.Length)
            {
                continue;
            }

            edited.Append(text, done, start - done).Append(replacement);
            done = end + 1;
        }

        return edited.Append(text, done, text.Length - done).ToString();
    }
}

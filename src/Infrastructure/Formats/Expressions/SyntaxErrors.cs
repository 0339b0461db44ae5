using System.Text;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The messages of syntax errors: always with line and column, both counted from 1.</summary>
internal static class SyntaxErrors
{
    private const int LongestQuote = 32;

    /// <summary>An error at a token.</summary>
    public static GraphException Error(this Token<TokenKind> at, string message, string? node = null) =>
        Of(at.Place(), message, node);

    /// <summary>An error at a part of the text.</summary>
    public static GraphException Of(TextPlace place, string message, string? node = null) =>
        new("expression", $"{place}: {message}", node) { Place = place, Reason = message };

    /// <summary>The part of the text that a token covers; of an illegible one, its first character.</summary>
    public static TextPlace Place(this Token<TokenKind> at)
    {
        ReadOnlySpan<char> text = at.Span.AsReadOnlySpan();
        int length = at.Kind != TokenKind.Illegible ? text.Length
            : Rune.DecodeFromUtf16(text, out _, out int width) == System.Buffers.OperationStatus.Done ? width : 1;
        return new TextPlace(at.Span.Source!, at.Span.Position.Absolute, length);
    }

    /// <summary>Where a token begins in the text.</summary>
    public static int Start(this Token<TokenKind> at) => at.Span.Position.Absolute;

    /// <summary>Where a token ends in the text.</summary>
    public static int End(this Token<TokenKind> at) => at.Span.Position.Absolute + at.Span.Length;

    /// <summary>A token that is not allowed at its position.</summary>
    /// <param name="at">The token.</param>
    /// <param name="expected">What is allowed.</param>
    /// <param name="hint">The end of the message, or null for the usual one.</param>
    public static GraphException Unexpected(this Token<TokenKind> at, string expected, string? hint = null)
    {
        string remedy = string.IsNullOrEmpty(hint) ? ForeignSyntax.Remedy(at.Span.Source!, at.Start()) : hint;
        return at.Error(at.Kind switch
        {
            TokenKind.End => $"unexpected end of the expression, expected {expected}",
            TokenKind.Separator when at.Span.EqualsValue("\n") => $"unexpected end of the line, expected {expected}",
            TokenKind.Illegible => Illegible(at.Span.AsReadOnlySpan(), expected, remedy),
            _ => $"unexpected {at.Quoted()}, expected {expected}{remedy}",
        });
    }

    /// <summary>An error in the body of a function, reported at its call.</summary>
    /// <param name="error">The error.</param>
    /// <param name="call">The name of the called function.</param>
    public static GraphException At(this GraphException error, Token<TokenKind> call) => call.Error(error.Reason, error.Node);

    /// <summary>A token in quotes, shortened if it is long.</summary>
    public static string Quoted(this Token<TokenKind> word) =>
        $"'{word.Span.First(Math.Min(word.Span.Length, LongestQuote + 1)).ToStringValue().Brief()}'";

    /// <summary>A name, shortened if it is long.</summary>
    public static string Brief(this string name) => name.Length <= LongestQuote ? name : $"{name[..LongestQuote]}…";

    private static string Illegible(ReadOnlySpan<char> text, string expected, string remedy)
    {
        if (text[0] is '\'' or '"' && !remedy.Contains("transpose", StringComparison.Ordinal))
        {
            return "the string that begins here has no closing quote on its line";
        }

        Rune.DecodeFromUtf16(text, out Rune rune, out _);
        return $"unexpected character {(Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'")}, expected {expected}{remedy}";
    }
}

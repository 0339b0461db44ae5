using System.Text;
using Backprop.Domain.Graphs;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>What is said of an expression that cannot be read: always with line and column, both counted from 1.</summary>
internal static class SyntaxErrors
{
    private const int LongestQuote = 32;

    /// <summary>Something wrong at a word.</summary>
    public static GraphException Error(this Token<TokenKind> at, string message, string? node = null) =>
        new("expression", $"line {at.Position.Line}, column {at.Position.Column}: {message}", node);

    /// <summary>A word that does not belong where it stands.</summary>
    public static GraphException Unexpected(this Token<TokenKind> at, string expected) => at.Error(at.Kind switch
    {
        TokenKind.End => $"unexpected end of the expression, expected {expected}",
        TokenKind.Separator when at.Span.EqualsValue("\n") => $"unexpected end of the line, expected {expected}",
        TokenKind.Illegible => Illegible(at.Span.AsReadOnlySpan(), expected),
        _ => $"unexpected {at.Quoted()}, expected {expected}{Remedy(at.Span.AsReadOnlySpan())}",
    });

    /// <summary>An operand or an opening parenthesis where an operator is expected.</summary>
    public static GraphException MissingOperator(this Token<TokenKind> at, string expected) =>
        at.Unexpected($"{expected}; a product is written with '*'");

    /// <summary>A word in quotes, shortened where it is long.</summary>
    public static string Quoted(this Token<TokenKind> word) => word.Span.Length <= LongestQuote
        ? $"'{word.ToStringValue()}'"
        : $"'{word.Span.First(LongestQuote).ToStringValue()}…'";

    private static string Illegible(ReadOnlySpan<char> text, string expected)
    {
        if (text[0] is '\'' or '"')
        {
            return "the text that begins here has no closing quote on its line";
        }

        Rune.DecodeFromUtf16(text, out Rune rune, out _);
        return $"unexpected character {(Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'")}, expected {expected}{Remedy(text)}";
    }

    // What other languages write for it.
    private static string Remedy(ReadOnlySpan<char> text) => text switch
    {
        ['&', ..] => "; 'and' joins conditions",
        "|" => "; 'or' joins conditions, and bars enclose an absolute value",
        ['!', ..] => "; 'not' negates a condition",
        "=" => "; equality is written '=='",
        ['?' or ':', ..] => "; a choice is written 'a if c else b'",
        _ => string.Empty,
    };
}

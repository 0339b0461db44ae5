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
        new("expression", $"line {at.Position.Line}, column {at.Position.Column}: {message}", node);

    /// <summary>A token that is not allowed at its position.</summary>
    public static GraphException Unexpected(this Token<TokenKind> at, string expected) => at.Error(at.Kind switch
    {
        TokenKind.End => $"unexpected end of the expression, expected {expected}",
        TokenKind.Separator when at.Span.EqualsValue("\n") => $"unexpected end of the line, expected {expected}",
        TokenKind.Illegible => Illegible(at.Span.AsReadOnlySpan(), expected),
        _ => $"unexpected {at.Quoted()}, expected {expected}{Remedy(at.Span.AsReadOnlySpan())}",
    });

    /// <summary>An operand or an opening parenthesis where an operator is expected.</summary>
    public static GraphException MissingOperator(this Token<TokenKind> at, string expected) =>
        at.Unexpected($"{expected}; write a product with '*'");

    /// <summary>A token in quotes, shortened if it is long.</summary>
    public static string Quoted(this Token<TokenKind> word) => word.Span.Length <= LongestQuote
        ? $"'{word.ToStringValue()}'"
        : $"'{word.Span.First(LongestQuote).ToStringValue()}…'";

    private static string Illegible(ReadOnlySpan<char> text, string expected)
    {
        if (text[0] is '\'' or '"')
        {
            return "the string that begins here has no closing quote on its line";
        }

        Rune.DecodeFromUtf16(text, out Rune rune, out _);
        return $"unexpected character {(Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'")}, expected {expected}{Remedy(text)}";
    }

    // What other languages write instead.
    private static string Remedy(ReadOnlySpan<char> text) => text switch
    {
        ['&', ..] => "; write 'and' between conditions",
        "|" => "; write 'or' between conditions; bars enclose an absolute value",
        ['!', ..] => "; write 'not' before a condition",
        "=" => "; write equality as '=='",
        ['?' or ':', ..] => "; write a choice as 'a if c else b'",
        _ => string.Empty,
    };
}

using System.Text;
using Superpower;
using Superpower.Model;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Splits a text into tokens on demand, so that a long text is never held twice.</summary>
internal sealed class ExpressionTokenizer : Tokenizer<TokenKind>
{
    /// <summary>The tokens of <paramref name="text"/>; an illegible one is empty and the last.</summary>
    public IEnumerable<Result<TokenKind>> Words(string text) => Tokenize(new TextSpan(text));

    /// <inheritdoc/>
    protected override IEnumerable<Result<TokenKind>> Tokenize(TextSpan span)
    {
        int depth = 0;
        for (TextSpan rest = SkipBlank(span, depth); !rest.IsAtEnd; rest = SkipBlank(rest, depth))
        {
            (TokenKind kind, int length) = Scan(rest.AsReadOnlySpan());
            if (length == 0)
            {
                yield return Result.Value(TokenKind.Illegible, rest, rest);
                yield break;
            }

            depth = kind switch
            {
                TokenKind.Open or TokenKind.OpenBracket => depth + 1,
                TokenKind.Close or TokenKind.CloseBracket => Math.Max(depth - 1, 0),
                _ => depth,
            };
            TextSpan after = rest.Skip(length);
            yield return Result.Value(kind, rest, after);
            rest = after;
        }
    }

    private static TextSpan SkipBlank(TextSpan span, int depth)
    {
        ReadOnlySpan<char> text = span.AsReadOnlySpan();
        int length = 0;
        while (length < text.Length)
        {
            int blank = text[length] switch
            {
                '#' => LineLength(text[length..]),
                '\n' => depth > 0 ? 1 : 0,
                char c => char.IsWhiteSpace(c) ? 1 : 0,
            };
            if (blank == 0)
            {
                break;
            }

            length += blank;
        }

        return span.Skip(length);
    }

    private static int LineLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('\n');
        return end < 0 ? text.Length : end;
    }

    private static (TokenKind Kind, int Length) Scan(ReadOnlySpan<char> text) => text[0] switch
    {
        '\n' or ';' => (TokenKind.Separator, 1),
        '(' => (TokenKind.Open, 1),
        ')' => (TokenKind.Close, 1),
        '[' => (TokenKind.OpenBracket, 1),
        ']' => (TokenKind.CloseBracket, 1),
        ',' => (TokenKind.Comma, 1),
        ':' => (TokenKind.Colon, 1),
        '|' or '∣' => (TokenKind.Bar, 1),
        '√' => (TokenKind.Root, 1),
        '…' => (TokenKind.Ellipsis, 1),
        '.' when text.StartsWith("...") => (TokenKind.Ellipsis, 3),
        '.' when text.Length > 1 && char.IsLetter(text[1]) => (TokenKind.Dot, 1),
        '=' when !text.StartsWith("==") => (TokenKind.Assign, 1),
        '\'' or '"' => (TokenKind.Text, QuotedLength(text)),
        '.' or (>= '0' and <= '9') => (TokenKind.Number, NumberLength(text)),
        '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => (TokenKind.Name, NameLength(text)),
        _ when BinaryOperator.LengthAt(text) is > 0 and int length => (TokenKind.Operator, length),
        _ when Superscript.LengthAt(text) is > 0 and int length => (TokenKind.Superscript, length),
        _ => (TokenKind.Name, NameLength(text)),
    };

    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        int end = text[1..].IndexOfAny(text[0], '\n');
        return end >= 0 && text[end + 1] == text[0] ? end + 2 : 0;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        int whole = DigitCount(text);
        int length = whole;
        if (length < text.Length && text[length] == '.')
        {
            int fraction = DigitCount(text[(length + 1)..]);
            if (whole + fraction == 0)
            {
                return 0;
            }

            length += 1 + fraction;
        }

        return length + ExponentLength(text[length..]);
    }

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        if (text is not ['e' or 'E', ..])
        {
            return 0;
        }

        int sign = text.Length > 1 && text[1] is '+' or '-' ? 1 : 0;
        int digits = DigitCount(text[(1 + sign)..]);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    // Underscores may separate digits, as in Python.
    private static int DigitCount(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length])
            || (text[length] == '_' && length > 0 && length + 1 < text.Length && char.IsAsciiDigit(text[length + 1]))))
        {
            length++;
        }

        return length;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (Rune.DecodeFromUtf16(text[length..], out Rune rune, out int width) == System.Buffers.OperationStatus.Done
            && (rune.Value == '_' || (length == 0 ? Rune.IsLetter(rune) : Rune.IsLetterOrDigit(rune) || rune.Value is >= '₀' and <= '₉')))
        {
            length += width;
        }

        return length;
    }
}

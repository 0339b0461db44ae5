namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>What other languages and mathematics write, with what to write here: the end of a message.</summary>
internal static class ForeignSyntax
{
    /// <summary>Instead of a word at the beginning of a statement, or null.</summary>
    public static string? Statement(string word) => word switch
    {
        "if" => "write a choice as 'a if c else b'",
        "lambda" or "def" or "function" or "fn" => "functions cannot be defined; write only the body, whose free names are the inputs",
        "return" or "print" or "yield" => "the last statement is the output: write only the value",
        "import" or "from" or "using" => "functions need no import: write exp(x), or np.exp(x)",
        "let" or "var" or "const" or "double" or "float" or "auto" => "a statement needs no keyword: write 'y = x^2'",
        "for" or "while" => "loops are not supported; functions apply to whole arrays: sum(x^2)",
        _ => null,
    };

    /// <summary>Instead of a literal of another language, or null.</summary>
    public static string? Literal(string word) => word switch
    {
        "True" or "False" => "; truth values are comparisons such as x > 0, and count as 1 and 0 in arithmetic",
        "None" => "; it is only an index or the value of a keyword",
        _ => null,
    };

    /// <summary>Instead of an unexpected token.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where the token begins.</param>
    public static string Remedy(string text, int at)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, at);
        bool follows = before.TrimEnd() is [.., var last] && (char.IsLetterOrDigit(last) || last is ')' or ']' or '_');
        return text.AsSpan(at) switch
        {
            ['=', ..] when before is [.., '+' or '-' or '*' or '/' or '%' or '@' or '^'] => "; a name is defined once: write 'y = x + 1'",
            [':', '=', ..] => "; write a definition with '='",
            ['.', var next, ..] when follows && char.IsWhiteSpace(next) => "; write a product as x*y, dot(x, y) or x @ y",
            ['!', ..] when follows => "; write a factorial as gamma(x + 1)",
            [',', var a, var b, var c, ..] when before is [.., var digit] && AreDigits([digit, a, b, c]) =>
                "; a number has no separators: 1000 or 1_000",
            ['\'', ..] when before is [.., var end] && (char.IsLetterOrDigit(end) || end is ')' or ']') => "; write the transpose as x.T",
            ['>', ..] when before is [.., '<'] => "; write inequality as '!='",
            ['/', '/', ..] or ['*', ..] when before is [.., '/'] || text.AsSpan(at) is ['/', ..] => "; a comment begins with '#'",
            _ => Remedy(text.AsSpan(at)),
        };
    }

    private static string Remedy(ReadOnlySpan<char> text) => text switch
    {
        ['&', ..] => "; write 'and' between conditions",
        ['|', ..] => "; write 'or' between conditions; bars enclose an absolute value",
        ['!', ..] => "; write 'not' before a condition",
        ['=', ..] => "; write equality as '=='",
        ['?' or ':', ..] => "; write a choice as 'a if c else b'",
        ['∑', ..] => "; write sum(x)",
        ['∏', ..] => "; write prod(x)",
        ['∂' or '∇', ..] => $"; {Refusals.Derivatives}",
        ['∫', ..] => "; write trapezoid(y, x) for an integral of samples",
        ['‖' or '∥', ..] => "; write norm(x)",
        ['∞', ..] => "; numbers are finite",
        ['°', ..] => "; write deg2rad(x)",
        ['≈', ..] => "; write abs(a - b) < 1e-6",
        ['{' or '}', ..] => "; write ( ) instead of braces",
        ['\\' or '$', ..] => "; write plain text instead of LaTeX: a/b, sqrt(x), x^2",
        ['“' or '”' or '‘' or '’' or '`', ..] => "; quotation marks are ' or \"",
        ['\'' or '"', ..] => "; a name has no quotation marks",
        _ => string.Empty,
    };

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>The kinds of tokens in an expression.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text, after its last token.</summary>
    End,

    /// <summary>A number without a sign.</summary>
    Number,

    /// <summary>The name of a value, a function or a keyword argument.</summary>
    Name,

    /// <summary>A string in single or double quotes.</summary>
    Text,

    /// <summary>A sign, an arithmetic operator or a comparison.</summary>
    Operator,

    /// <summary>The sign <c>=</c>.</summary>
    Assign,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>The end of a statement: <c>;</c> or a new line outside parentheses.</summary>
    Separator,

    /// <summary>An opening bracket, of an index or a list.</summary>
    OpenBracket,

    /// <summary>A closing bracket.</summary>
    CloseBracket,

    /// <summary>The colon of a slice.</summary>
    Colon,

    /// <summary>The ellipsis of an index, which covers all axes that are not written.</summary>
    Ellipsis,

    /// <summary>The dot before a property, as in <c>x.T</c>.</summary>
    Dot,

    /// <summary>A vertical bar, of a magnitude.</summary>
    Bar,

    /// <summary>The sign of a square root.</summary>
    Root,

    /// <summary>An exponent in superscript digits.</summary>
    Superscript,

    /// <summary>A character that begins no token; nothing is read after it.</summary>
    Illegible,
}

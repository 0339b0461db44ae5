using System.Text.RegularExpressions;

namespace Backprop.Domain.Practice.Grading;

/// <summary>The kinds of tokens of a written formula.</summary>
internal enum FormulaTokenKind
{
    /// <summary>An operator, a separator or another sign.</summary>
    Sign,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A name with a value.</summary>
    Value,

    /// <summary>The name of a function.</summary>
    Function,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,
}

/// <summary>A token of a written formula.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text.</param>
internal readonly partial record struct FormulaToken(FormulaTokenKind Kind, string Text)
{
    /// <summary>A multiplication sign.</summary>
    public static FormulaToken Times { get; } = new(FormulaTokenKind.Sign, "*");

    /// <summary>An opening parenthesis.</summary>
    public static FormulaToken Open { get; } = new(FormulaTokenKind.Open, "(");

    /// <summary>A closing parenthesis.</summary>
    public static FormulaToken Close { get; } = new(FormulaTokenKind.Close, ")");

    /// <summary>True if an operand may end with it.</summary>
    public bool EndsOperand => Kind is FormulaTokenKind.Number or FormulaTokenKind.Value or FormulaTokenKind.Close;

    /// <summary>True if an operand may begin with it.</summary>
    public bool BeginsOperand => Kind is FormulaTokenKind.Number or FormulaTokenKind.Value or FormulaTokenKind.Function or FormulaTokenKind.Open
        || Text == "√";

    /// <summary>The tokens of a text; names are values until their use is known.</summary>
    public static IEnumerable<FormulaToken> Of(string text) => Pattern().Matches(text).Select(match =>
        match.Groups["number"].Success ? new FormulaToken(FormulaTokenKind.Number, match.Value)
        : match.Groups["name"].Success ? new FormulaToken(FormulaTokenKind.Value, match.Value)
        : match.Value switch { "(" => Open, ")" => Close, _ => new FormulaToken(FormulaTokenKind.Sign, match.Value) });

    // An e after digits is an exponent only if digits follow: 2e5, but 2e^x.
    [GeneratedRegex(@"(?<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?<name>\p{L}[\p{L}0-9_]*)|(?<sign>\S)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}

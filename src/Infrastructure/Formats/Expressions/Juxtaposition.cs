using System.Text.RegularExpressions;
using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Formats.Expressions;

/// <summary>Two operands without an operator between them, and what to write instead.</summary>
/// <param name="text">The expression.</param>
/// <param name="start">Where the left operand begins.</param>
/// <param name="end">Where it ends.</param>
/// <param name="next">The first token of the right operand.</param>
/// <param name="functions">The functions.</param>
internal sealed partial class Juxtaposition(string text, int start, int end, TextPlace next, FunctionTable functions)
{
    private const int LongestOperand = 40;

    private readonly string left = text[start..end];
    private readonly string right = Operand(text, next);

    /// <summary>What to write.</summary>
    public string Hint => ForeignSyntax.Statement(left) is { } statement ? statement
        : Quotient().IsMatch(left) ? Refusals.Derivatives
        : PowerOfFunction().Match(left) is { Success: true } power && IsFunction(power.Groups[1].Value) ? Power(power)
        : IsFunction(left) ? $"a function needs parentheses: {Applied(left)}"
        : Hexadecimal() is { } number ? $"a number is decimal: {number}"
        : Product;

    private string Product => Math.Max(left.Length, right.Length) >= LongestOperand ? "write a product with '*'"
        : HasComment ? "a comment begins with '#'"
        : $"write a product with '*': {left}*{right}{(IsNumberWithName ? "; a name does not begin with a digit" : string.Empty)}";

    private bool IsNumberWithName => end == next.Start && char.IsAsciiDigit(left[^1]) && right.Length > 1 && char.IsLetter(right[0]);

    private bool HasComment => text[(next.Start - next.Column + 1)..next.Start].Contains("//", StringComparison.Ordinal);

    private bool IsFunction(string name) => Name().IsMatch(name) && functions.Contains(name);

    private string Applied(string name) => right.StartsWith('(') ? name + right : $"{name}({right})";

    private string Power(Match power)
    {
        string exponent = power.Groups[2].Success ? power.Groups[2].Value
            : $"{Superscript.Value(power.Groups[3].Value)}";
        string name = power.Groups[1].Value;
        return exponent == "-1" && functions.Contains($"a{name}") ? $"write the inverse function as {Applied($"a{name}")}"
            : $"write the power of a function as {Applied(name)}^{exponent}";
    }

    // 0x10 reads as 0 times x10.
    private string? Hexadecimal() => left == "0" && end == next.Start && right[0] is 'x' or 'X'
        && long.TryParse(right.AsSpan(1), System.Globalization.NumberStyles.HexNumber, null, out long number) ? $"{number}" : null;

    // A name, a number, or everything up to the closing parenthesis.
    private static string Operand(string text, TextPlace word)
    {
        int from = word.Start;
        int at = text[from] == '(' ? from : from + word.Length;
        if (at == text.Length || text[at] != '(')
        {
            return text[from..Math.Min(at, from + LongestOperand)];
        }

        int depth = 0;
        for (int i = at; i < Math.Min(text.Length, from + LongestOperand) && text[i] != '\n'; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return text[from..(i + 1)];
            }
        }

        return $"{text[from..Math.Min(at, from + LongestOperand)]}(…)";
    }

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^d\w*\s*/\s*d\w+$|^∂")]
    private static partial Regex Quotient();

    [GeneratedRegex(@"^(\w+?)\s*(?:(?:\^|\*\*)\s*(-?\d+)|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))$")]
    private static partial Regex PowerOfFunction();
}

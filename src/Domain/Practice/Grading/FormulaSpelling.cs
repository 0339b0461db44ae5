using System.Text.RegularExpressions;
using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Grading;

/// <summary>
/// Writes a formula as people type it in the language of expressions: products without a sign (<c>s(1-s)</c>, <c>2xy</c>, <c>6xe^(-3x^2)</c>), powers
/// of functions (<c>tanh²(4x)</c>), functions without parentheses (<c>sin 3x</c>), TeX (<c>\frac{1}{x}</c>). The variables decide what a name means.
/// </summary>
/// <param name="variables">The names of the variables.</param>
/// <param name="isFunction">Whether the language has a function of this name.</param>
internal sealed partial class FormulaSpelling(IReadOnlyCollection<string> variables, Func<string, bool> isFunction)
{
    private const int LongestName = 32;
    private static readonly string[] Constants = ["pi", "π", "e"];


    /// <summary>The formula in the language of expressions.</summary>
    /// <exception cref="GraphException">A spelling has two meanings.</exception>
    public string Of(string text)
    {
        string plain = PlainText.Of(text
            .Replace("\\left", string.Empty, StringComparison.Ordinal)
            .Replace("\\right", string.Empty, StringComparison.Ordinal)
            .Replace("\\sigma", "σ", StringComparison.Ordinal));

        // The text before a single "=" only names the formula.
        plain = plain.Count(c => c == '=') == 1 && !plain.Contains(';') ? plain[(plain.IndexOf('=') + 1)..] : plain;
        string[] values = [.. variables.Concat(Constants).Concat(Assigned().Matches(plain).Select(match => match.Value)).Distinct()];
        return Written(Fractions(Named([.. FormulaToken.Of(plain)], values)));
    }

    // Each name is a variable, a function, or a product of them.
    private List<FormulaToken> Named(FormulaToken[] tokens, string[] values)
    {
        List<FormulaToken> named = [];
        for (int i = 0; i < tokens.Length; i++)
        {
            FormulaToken? next = i + 1 < tokens.Length ? tokens[i + 1] : null;
            bool mayCall = next is { } following && (following.BeginsOperand || following.Text == "^");
            if (tokens[i].Kind == FormulaTokenKind.Value)
            {
                named.AddRange(Parts(tokens[i].Text, values, mayCall));
            }
            else
            {
                named.Add(tokens[i]);
            }
        }

        return named;
    }

    private IEnumerable<FormulaToken> Parts(string name, string[] values, bool mayCall)
    {
        if (values.Contains(name))
        {
            return [new FormulaToken(FormulaTokenKind.Value, name)];
        }

        if (mayCall && (isFunction(name) || IsFraction(name)))
        {
            return [new FormulaToken(FormulaTokenKind.Function, name)];
        }

        // What cannot be split stays as written: the parser says what is wrong with it.
        return Split(name, values, mayCall) ?? [new FormulaToken(FormulaTokenKind.Value, name)];
    }

    // Each position is tried once.
    private List<FormulaToken>? Split(string name, string[] values, bool mayCall)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var parts = new List<FormulaToken>?[name.Length + 1];
        parts[0] = [];
        for (int at = 0; at < name.Length; at++)
        {
            if (parts[at] is not { } before)
            {
                continue;
            }

            string rest = name[at..];
            if (at > 0 && mayCall && isFunction(rest))
            {
                return [.. before, new FormulaToken(FormulaTokenKind.Function, rest)];
            }

            foreach (string value in values.Where(value => rest.StartsWith(value, StringComparison.Ordinal)))
            {
                parts[at + value.Length] ??= [.. before, new FormulaToken(FormulaTokenKind.Value, value)];
            }
        }

        return parts[name.Length];
    }

    // frac(a)(b), which is left of TeX, is ((a)/(b)).
    private static List<FormulaToken> Fractions(List<FormulaToken> tokens)
    {
        List<FormulaToken> written = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            if (IsFraction(tokens[i].Text) && Group(tokens, i + 1) is { } above && Group(tokens, above + 1) is { } below)
            {
                written.AddRange([FormulaToken.Open, .. Fractions(tokens[(i + 1)..(above + 1)]), new FormulaToken(FormulaTokenKind.Sign, "/"),
                    .. Fractions(tokens[(above + 1)..(below + 1)]), FormulaToken.Close]);
                i = below;
            }
            else
            {
                written.Add(tokens[i]);
            }
        }

        return written;
    }

    // The index of the parenthesis that closes the group that begins here, or null if none begins here.
    private static int? Group(List<FormulaToken> tokens, int at) =>
        at < tokens.Count && tokens[at].Kind == FormulaTokenKind.Open ? Closing(tokens, at) : null;

    private static bool IsFraction(string name) => name is "frac" or "dfrac" or "tfrac";

    private static int? Closing(List<FormulaToken> tokens, int open)
    {
        int depth = 0;
        for (int i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Kind switch { FormulaTokenKind.Open => 1, FormulaTokenKind.Close => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return null;
    }

    private static string Written(List<FormulaToken> tokens)
    {
        List<FormulaToken> written = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            if (written.Count > 0 && written[^1].EndsOperand && tokens[i].BeginsOperand && !AreNumbers(written[^1], tokens[i]))
            {
                written.Add(FormulaToken.Times);
            }

            i = tokens[i].Kind == FormulaTokenKind.Function ? Call(tokens, i, written) : Plain(tokens[i], i, written);
        }

        return string.Join(' ', written.Select(token => token.Text));
    }

    // Two numbers side by side are a slip, not a product.
    private static bool AreNumbers(FormulaToken left, FormulaToken right) =>
        left.Kind == FormulaTokenKind.Number && right.Kind == FormulaTokenKind.Number;

    private static int Plain(FormulaToken token, int at, List<FormulaToken> written)
    {
        written.Add(token);
        return at;
    }

    // f(…), f^n(…) as (f(…))^n, and f 3x as f(3x). Returns the index of the last token read.
    private static int Call(List<FormulaToken> tokens, int at, List<FormulaToken> written)
    {
        FormulaToken function = tokens[at];
        int next = at + 1;
        List<FormulaToken> power = [];
        if (next + 1 < tokens.Count && tokens[next].Text == "^")
        {
            int end = Exponent(tokens, next + 1);
            power = tokens[next..(end + 1)];
            next = end + 1;
            RequirePower(function, power);
        }

        if (next < tokens.Count && tokens[next].Kind == FormulaTokenKind.Open)
        {
            if (power.Count == 0)
            {
                return Plain(function, at, written);
            }

            int close = Closing(tokens, next) ?? tokens.Count - 1;
            Add(tokens[next..(close + 1)]);
            return close;
        }

        int last = Argument(tokens, next);
        Add([FormulaToken.Open, .. tokens[next..last], FormulaToken.Close]);
        return last - 1;

        void Add(List<FormulaToken> argument)
        {
            written.Add(FormulaToken.Open);
            written.Add(function);
            written.AddRange(FormulaToken.Of(Written(argument)));
            written.Add(FormulaToken.Close);
            written.AddRange(power);
        }
    }

    private static void RequirePower(FormulaToken function, List<FormulaToken> power)
    {
        if (power.Count > 1 && power[1].Text == "-")
        {
            throw new GraphException("expression",
                $"{function.Text}^-1 has two meanings; write 1/{function.Text}(…) for the reciprocal, a{function.Text}(…) for the inverse");
        }
    }

    // The index of the last token of an exponent: a number or a name with its sign, or a parenthesis.
    private static int Exponent(List<FormulaToken> tokens, int at) =>
        tokens[at].Kind == FormulaTokenKind.Open ? Closing(tokens, at) ?? tokens.Count - 1
        : tokens[at].Text is "-" or "+" && at + 1 < tokens.Count ? at + 1 : at;

    // The index after the argument of a function without parentheses: numbers and names, with their exponents.
    private static int Argument(List<FormulaToken> tokens, int at)
    {
        while (at < tokens.Count && tokens[at].Kind is FormulaTokenKind.Number or FormulaTokenKind.Value)
        {
            at = at + 2 < tokens.Count && tokens[at + 1].Text == "^" ? Exponent(tokens, at + 2) + 1 : at + 1;
        }

        return at;
    }

    [GeneratedRegex(@"\p{L}[\p{L}0-9_]*(?=\s*=)", RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}

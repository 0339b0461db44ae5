using System.Text.RegularExpressions;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>Writes gradients as learners do, from a seed: rewrites that keep the value, and single mistakes that do not.</summary>
internal sealed partial class SpelledGradient(DerivationKey key, Random random)
{
    private static readonly string[] Slips =
    [
        "-({0})", "2 * ({0})", "({0}) / 2", "0.999 * ({0})", "({0}) + 0.01", "({0})**2", "abs({0})", "({0}) - dy", "1.5 * ({0}) - 1e-3", "({0}) * 1.0001",
    ];

    private static readonly string[] Same =
    [
        "({0})", "-(-({0}))", "({0}) * 2 / 2", "0.25 * ({0}) + 0.75 * ({0})", "({0}) + 0 * ({0})", "({0})**1", "1 * ({0})", "({0}) - 0", "3*({0}) - 2*({0})", "+({0})",
        "2 * (({0}) / 2)", "1 / (1 / 2) * ({0}) * 0.5",
    ];

    /// <summary>The expression in another spelling of the same value.</summary>
    public string Rewritten(string expression)
    {
        (string statements, string result) = DerivationTests.Split(expression);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            (statements, result) = random.Next(3) switch
            {
                0 => (statements, string.Format(Pick(Same), result)),
                1 => (statements, Inlined(result)),
                _ => ($"{statements}t{statements.Length + i} = {result}\n", $"t{statements.Length + i}"),
            };
        }

        return Typed(statements + result);
    }

    /// <summary>The expression with one mistake; the value may be the same by chance.</summary>
    public string Mistaken(string expression)
    {
        (string statements, string result) = DerivationTests.Split(expression);
        string before = statements + result;
        string changed = random.Next(9) switch
        {
            0 => One(before, Sign(), match => match.Value.Contains('+') ? " - " : " + "),
            1 => One(before, Product(), _ => " / "),
            2 => One(before, Name(), _ => Pick(Known())),
            3 => One(before, Number(), match => match.Value == "0" ? "1" : $"{match.Value}.5"),
            4 => One(before, Reduction(), match => match.Value == "sum" ? "mean" : "sum"),
            5 => One(before, Axis(), _ => "axis=0"),
            6 => One(before, Factor(), _ => string.Empty),
            7 => One(before, Comparison(), _ => "<"),
            _ => statements + string.Format(Pick(Slips), result),
        };
        return random.Next(2) == 0 ? changed : Rewritten(changed);
    }

    // A value of the program written as it is defined.
    private string Inlined(string result)
    {
        string[] lines = key.Forward.Split('\n');
        string[] parts = Pick(lines).Split(" = ", 2);
        return Regex.Replace(result, $@"(?<![\w.]){Regex.Escape(parts[0].Trim())}(?!\w|\s*\()", $"({parts[1].Trim()})");
    }

    private string Typed(string text)
    {
        text = random.Next(3) == 0 ? text.Replace(" * ", Pick("*", " · ", " × ", " ⊙ ", " ⋅ "), StringComparison.Ordinal) : text;
        text = random.Next(3) == 0 ? text.Replace(" - ", Pick("-", " − ", " – "), StringComparison.Ordinal) : text;
        text = random.Next(2) == 0 ? text.Replace(".T", Pick("ᵀ", "^T", ".mT", "^{T}"), StringComparison.Ordinal) : text;
        text = random.Next(3) == 0 ? text.Replace("axis=", "dim=", StringComparison.Ordinal).Replace("keepdims", "keepdim", StringComparison.Ordinal) : text;
        text = random.Next(3) == 0 ? Reduction().Replace(text, match => $"{Pick("np.", "torch.", "")}{match.Value}") : text;
        text = random.Next(3) == 0 ? text.Replace("gamma", "γ", StringComparison.Ordinal).Replace("beta", "β", StringComparison.Ordinal) : text;
        text = random.Next(4) == 0 ? Upstream(text) : text;
        return random.Next(4) == 0 ? text.Replace("\n", Pick(" ; ", "\n\n", "  # so\n"), StringComparison.Ordinal) : text;
    }

    private string Upstream(string text)
    {
        foreach ((string output, string name) in key.Cotangents)
        {
            text = Regex.Replace(text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", Pick($"∂L/∂{output}", $"(dL/d{output})", name));
        }

        return text;
    }

    private string[] Known() => [.. key.Inputs.Keys, .. key.Cotangents.Values, .. key.Forward.Split('\n').Select(line => line.Split(" = ")[0].Trim())];

    private string One(string text, Regex pattern, MatchEvaluator replace)
    {
        MatchCollection found = pattern.Matches(text);
        return found.Count == 0 ? text : Replaced(text, found[random.Next(found.Count)], replace);
    }

    private static string Replaced(string text, Match match, MatchEvaluator replace) =>
        text[..match.Index] + replace(match) + text[(match.Index + match.Length)..];

    private string Pick(params string[] from) => from[random.Next(from.Length)];

    [GeneratedRegex(@" [+-] ")]
    private static partial Regex Sign();

    [GeneratedRegex(@" \* ")]
    private static partial Regex Product();

    [GeneratedRegex(@"(?<![\w.])(?!sum|mean|axis|keepdims|True|None|exp|log|sqrt|tanh|sigmoid|relu|softmax|where|max)[A-Za-z_]\w*(?!\w|\s*[=(])")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\w.=,\[(-])(?<!, )\d+(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\w.])(sum|mean)(?=\()")]
    private static partial Regex Reduction();

    [GeneratedRegex(@"axis=-1")]
    private static partial Regex Axis();

    [GeneratedRegex(@" [*/] [A-Za-z_]\w*(?![\w(\[.])")]
    private static partial Regex Factor();

    [GeneratedRegex(@">")]
    private static partial Regex Comparison();
}

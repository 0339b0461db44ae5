using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Compute.Engine;
using Backprop.Compute.Engine.Tracing;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Steps of a walk-through in words and numbers: <c>dL/da = dL/dd · dd/da = 8 · b = 8 · (-3) = -24</c>.</summary>
/// <param name="definition">The graph.</param>
/// <param name="output">The differentiated value.</param>
/// <param name="numbers">The numbers of the trace.</param>
/// <param name="sign">How a derivative is written: <c>d</c> or <c>∂</c>.</param>
internal sealed partial class WalkthroughText(
    GraphDefinition definition, string output, IReadOnlyDictionary<ResultKey, Tensor> numbers, char sign = 'd')
{
    private readonly Dictionary<string, Tensor> constants = definition.Constants.ToDictionary(
        constant => constant.Name, constant => constant.Value.Value, StringComparer.Ordinal);

    /// <summary>The names of values.</summary>
    public ValueNames Names { get; } = new(definition);

    /// <summary>How a node's value is computed.</summary>
    public string Forward(string name, NodeDefinition node)
    {
        Tensor value = numbers[ResultKey.Primal(name)];
        string shown = Names.Of(name);
        string[] stages = shown == name
            ? [name, Call(node, Symbol), Call(node, Number), ValueText.Of(value)]
            : [shown, Call(node, Number), ValueText.Of(value)];
        return string.Join(" = ", stages.Distinct());
    }

    /// <summary>How a value's gradient is computed: the contribution of each use, and their sum.</summary>
    public string Backward(TracedValue value)
    {
        string gradient = ValueText.Of(numbers[ResultKey.Gradient(value.Name)]);
        string left = Derivative(value.Name);
        if (value.Name == output && value.Uses.Count == 0)
        {
            return $"{left} = {gradient}, the seed";
        }

        List<string> stages =
        [
            Joined(use => use.HasLocal ? $"{Derivative(use.Result)} {Times(use)} {sign}{Names.Inside(use.Result)}/{sign}{Names.Inside(value.Name)}"
                : Rule(use, Symbol, Derivative(use.Result))),
            Joined(use => use.HasLocal ? $"{Upstream(use)} {Times(use)} {Symbolic(use, value.Name)}" : Rule(use, Symbol, Derivative(use.Result))),
            Joined(use => use.HasLocal ? $"{Upstream(use)} {Times(use)} {Local(use)}" : Rule(use, Number, Upstream(use))),
            Joined(use => Contribution(use, isSummand: value.Uses.Count > 1)),
            gradient,
        ];
        return $"{left} = {string.Join(" = ", stages.Distinct())}";

        string Joined(Func<TracedUse, string> text) => value.Uses.Count == 1
            ? text(value.Uses[0])
            : string.Join(" + ", value.Uses.Select(text).Select(term => term.Contains(", summed") || term.Contains(" else ") ? $"({term})" : term));
    }

    /// <summary>The vector-Jacobian rule of a use with its numbers: <c>dL/dw = xᵀ · dL/dz = [[1, 2]]ᵀ · [[8]] = [[8], [16]]</c>.</summary>
    public string Rule(TracedUse use, string value)
    {
        string[] stages = use.HasLocal
            ?
            [
                $"{Derivative(use.Result)} {Times(use)} {Symbolic(use, value)}", $"{Upstream(use)} {Times(use)} {Local(use)}",
                Contribution(use, false),
            ]
            : [RuleInSymbols(use), Rule(use, Number, Upstream(use)), Contribution(use, false)];
        return $"{Derivative(value)} = {string.Join(" = ", stages.Distinct())}";
    }

    /// <summary>The rule of a use that has no local derivative, in symbols: <c>xᵀ · dL/dz</c>.</summary>
    public string RuleInSymbols(TracedUse use) => Rule(use, Symbol, Derivative(use.Result));

    /// <summary>The derivative of a node with respect to one of its operands, as a formula in its operands' names.</summary>
    public string Symbolic(TracedUse use, string by)
    {
        string value = Names.Inside(by);
        Operator? row = OperatorTable.Find(use.From.Op);
        if (row is null || !use.HasLocal)
        {
            return $"{sign}{Names.Inside(use.Result)}/{sign}{value} ({use.From.Op})";
        }

        if (row.Name == "Pow" && use.OperandIndex == 0 && use.From.Inputs[1].Number is { } exponent)
        {
            double n = exponent.Value[0];
            return n == 2 ? $"2·{value}" : $"{ValueText.Number(n)}·{value}^{ValueText.Number(n - 1)}";
        }

        Dictionary<string, string> names = row.Operands
            .Select((operand, place) => (operand.Name, Written: place < use.From.Inputs.Count ? Symbol(use.From.Inputs[place]) : operand.Name))
            .ToDictionary(pair => pair.Name, pair => pair.Written, StringComparer.Ordinal);
        string formula = FormulaOf(row, row.OperandAt(use.OperandIndex).Name);
        return Doubled().Replace(Identifier().Replace(formula, match => names.GetValueOrDefault(match.Value, match.Value)), "($1)");
    }

    /// <summary>The local derivative if it is the same number everywhere, such as 1 for a sum; otherwise null.</summary>
    public string? ConstantLocal(TracedUse use)
    {
        string formula = OperatorTable.Find(use.From.Op) is { } row ? FormulaOf(row, row.OperandAt(use.OperandIndex).Name) : string.Empty;
        return double.TryParse(formula.Trim('(', ')'), CultureInfo.InvariantCulture, out _) ? formula : null;
    }

    private string Rule(TracedUse use, Func<Operand, string> text, string cotangent)
    {
        Operator? row = OperatorTable.Find(use.From.Op);
        Tensor result = numbers[ResultKey.Gradient(use.Result)];
        if (row is null || PullbackRules.Find(use.From, row.OperandAt(use.OperandIndex).Name, result.Shape.Rank) is not { } rule)
        {
            return $"{cotangent} through the derivative of {use.From.Op}";
        }

        Tensor contribution = numbers[ResultKey.Contribution(use.Number)];
        return Token().Replace(rule, match => match.Groups[1].Value switch
        {
            "g" => cotangent.Contains('/') && rule[(match.Index + match.Length)..].StartsWith('ᵀ') ? $"({cotangent})" : cotangent,
            "y" => text(use.Result),
            "s" => $"[{string.Join('×', contribution.Shape.Dims.ToArray())}]",
            "n" => ValueText.Number(result.Count == 0 ? 0 : contribution.Count / result.Count),
            string name => PlaceOf(row, name) is var place && place >= 0 && place < use.From.Inputs.Count
                ? text(use.From.Inputs[place])
                : name,
        });
    }

    private static int PlaceOf(Operator row, string name) => row.Operands.ToList().FindIndex(operand => operand.Name == name);

    private string Derivative(string name) => $"{sign}{Names.Inside(output)}/{sign}{Names.Inside(name)}";

    private string Times(TracedUse use) => numbers[ResultKey.Contribution(use.Number)].Shape.Rank == 0 ? "·" : "⊙";

    private string Upstream(TracedUse use) => ValueText.Parenthesized(ValueText.Brief(numbers[ResultKey.Gradient(use.Result)]));

    private string Local(TracedUse use) => ConstantLocal(use)
        ?? ValueText.Parenthesized(ValueText.Brief(numbers[ResultKey.LocalDerivative(use.Number)]));

    private string Contribution(TracedUse use, bool isSummand)
    {
        Tensor contribution = numbers[ResultKey.Contribution(use.Number)];
        return isSummand ? ValueText.Parenthesized(ValueText.Brief(contribution)) : ValueText.Of(contribution);
    }

    private string Symbol(Operand input) => input.Number is { } number
        ? ValueText.Parenthesized(ValueText.Brief(number.Value))
        : Names.Inside(input.Name ?? string.Empty);

    private string Number(Operand input) => input.Name is { Length: > 0 } name
        && (numbers.GetValueOrDefault(ResultKey.Primal(name)) ?? constants.GetValueOrDefault(name)) is { } value
            ? ValueText.Parenthesized(ValueText.Brief(value))
            : Symbol(input);

    private static string Call(NodeDefinition node, Func<Operand, string> text) => (node.Op, node.Inputs.Count) switch
    {
        ("Add", 2) => $"{text(node.Inputs[0])} + {text(node.Inputs[1])}",
        ("Sub", 2) => $"{text(node.Inputs[0])} - {text(node.Inputs[1])}",
        ("Mul", 2) => $"{text(node.Inputs[0])} · {text(node.Inputs[1])}",
        ("Div", 2) => $"{text(node.Inputs[0])} / {text(node.Inputs[1])}",
        ("Pow", 2) => $"{text(node.Inputs[0])}^{text(node.Inputs[1])}",
        ("MatMul", 2) => $"{text(node.Inputs[0])} @ {text(node.Inputs[1])}",
        _ => $"{node.Op}({string.Join(", ", node.Inputs.Where(input => !input.IsOmitted).Select(input => Bare(text(input))))})",
    };

    // An operand of a function needs no parentheses of its own.
    private static string Bare(string operand) =>
        operand.StartsWith('(') && operand.IndexOf(')') == operand.Length - 1 ? operand[1..^1] : operand;

    // A definition's derivative text separates the operands as "a: …; b: …".
    private static string FormulaOf(Operator row, string operand)
    {
        string? part = row.Derivative.Split("; ").FirstOrDefault(text => text.StartsWith(operand + ": ", StringComparison.Ordinal));
        return part is null ? Bracketed(row.Derivative) : Bracketed(part[(operand.Length + 2)..]);
    }

    private static string Bracketed(string formula) => formula.Contains(' ') || formula.StartsWith('-') ? $"({formula})" : formula;

    [GeneratedRegex(@"[A-Za-z_][A-Za-z_0-9]*")]
    private static partial Regex Identifier();

    // The parentheses of a function around those of its operand.
    [GeneratedRegex(@"\(\(([^()]*)\)\)")]
    private static partial Regex Doubled();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Token();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Steps of a walk-through in words and numbers: <c>dL/da = dL/dd · dd/da = 8 · b = 8 · (-3) = -24</c>.</summary>
internal static partial class WalkthroughText
{
    private const int ElementsShown = 4;

    /// <summary>How a node's value is computed.</summary>
    public static string Forward(string name, NodeDefinition node, Tensor value, Func<string, Tensor?> known)
    {
        string symbols = Call(node, Name);
        string numbers = Call(node, Value);
        return symbols == numbers || node.Inputs.Any(input => Value(input).StartsWith('[') && value.Count > ElementsShown)
            ? $"{name} = {symbols} = {Text(value)}"
            : $"{name} = {symbols} = {numbers} = {Text(value)}";

        string Value(Operand input) => input.Name is { Length: > 0 } operand && known(operand) is { } tensor ? Text(tensor, parenthesize: true)
            : Name(input);
    }

    /// <summary>How a value's gradient is computed: the contribution of each use, and their sum.</summary>
    public static string Backward(string output, TracedValue value, IReadOnlyDictionary<ResultKey, Tensor> numbers)
    {
        string gradient = Text(numbers[ResultKey.Gradient(value.Name)]);
        string left = $"d{output}/d{value.Name}";
        if (value.Name == output && value.Uses.Count == 0)
        {
            return $"{left} = {gradient}, the seed";
        }

        List<string> stages =
        [
            Joined(value.Uses.Select(use => $"d{output}/d{use.Result} · d{use.Result}/d{value.Name}")),
            Joined(value.Uses.Select(use => $"{Upstream(use)} · {Symbolic(use, value.Name)}")),
            Joined(value.Uses.Select(use => use.HasLocal ? $"{Upstream(use)} · {Local(use)}" : Contribution(use))),
            Joined(value.Uses.Select(Contribution)),
            gradient,
        ];
        return $"{left} = {string.Join(" = ", stages.Distinct())}";

        string Upstream(TracedUse use) => Text(numbers[ResultKey.Gradient(use.Result)], parenthesize: true);

        string Local(TracedUse use) => Text(numbers[ResultKey.LocalDerivative(use.Number)], parenthesize: true);

        string Contribution(TracedUse use) => Text(numbers[ResultKey.Contribution(use.Number)], parenthesize: value.Uses.Count > 1);
    }

    /// <summary>The derivative of a node with respect to one of its operands, as a formula in its operands' names.</summary>
    public static string Symbolic(TracedUse use, string by)
    {
        Operator? row = OperatorTable.Find(use.From.Op);
        if (row is null || !use.HasLocal)
        {
            return $"d{use.Result}/d{by} ({use.From.Op})";
        }

        if (row.Name == "Pow" && use.OperandIndex == 0 && use.From.Inputs[1].Number is { } exponent)
        {
            double n = exponent.Value[0];
            return n == 2 ? $"2·{by}" : $"{Number(n)}·{by}^{Number(n - 1)}";
        }

        string formula = FormulaOf(row, row.OperandAt(use.OperandIndex).Name);
        Dictionary<string, string> names = row.Operands
            .Select((operand, place) => (operand.Name, Written: place < use.From.Inputs.Count ? Name(use.From.Inputs[place]) : operand.Name))
            .ToDictionary(pair => pair.Name, pair => pair.Written, StringComparer.Ordinal);
        return Identifier().Replace(formula, match => names.GetValueOrDefault(match.Value, match.Value));
    }

    /// <summary>A short text of a value: its elements if they are few, otherwise its shape and mean.</summary>
    public static string Text(Tensor tensor, bool parenthesize = false)
    {
        if (tensor.Shape.Rank == 0)
        {
            string number = tensor.DType == DType.Bool ? (tensor[0] != 0 ? "true" : "false") : Number(tensor[0]);
            return parenthesize && number.StartsWith('-') ? $"({number})" : number;
        }

        return tensor.Count <= ElementsShown && tensor.Shape.Rank == 1
            ? $"[{string.Join(", ", Enumerable.Range(0, tensor.Count).Select(i => Number(tensor[i])))}]"
            : $"[{string.Join('×', tensor.Shape.Dims.ToArray())}]";
    }

    /// <summary>A number with up to six digits.</summary>
    public static string Number(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    // A definition's derivative text separates the operands as "a: …; b: …".
    private static string FormulaOf(Operator row, string operand)
    {
        string? part = row.Derivative.Split("; ").FirstOrDefault(text => text.StartsWith(operand + ": ", StringComparison.Ordinal));
        return part is null ? Bracketed(row.Derivative) : Bracketed(part[(operand.Length + 2)..]);
    }

    private static string Bracketed(string formula) => formula.Contains(' ') || formula.StartsWith('-') ? $"({formula})" : formula;

    private static string Call(NodeDefinition node, Func<Operand, string> text) => (node.Op, node.Inputs.Count) switch
    {
        ("Add", 2) => $"{text(node.Inputs[0])} + {text(node.Inputs[1])}",
        ("Sub", 2) => $"{text(node.Inputs[0])} - {text(node.Inputs[1])}",
        ("Mul", 2) => $"{text(node.Inputs[0])} · {text(node.Inputs[1])}",
        ("Div", 2) => $"{text(node.Inputs[0])} / {text(node.Inputs[1])}",
        ("Pow", 2) => $"{text(node.Inputs[0])}^{text(node.Inputs[1])}",
        _ => $"{node.Op}({string.Join(", ", node.Inputs.Select(text))})",
    };

    private static string Name(Operand input) => input.Number is { } number
        ? Text(number.Value, parenthesize: true)
        : input.Name ?? string.Empty;

    private static string Joined(IEnumerable<string> terms) => string.Join(" + ", terms);

    [GeneratedRegex(@"[A-Za-z_][A-Za-z_0-9]*")]
    private static partial Regex Identifier();
}

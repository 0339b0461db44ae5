using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations;

namespace Backprop.Domain.Practice.Templates;

/// <summary>Writes a graph of scalars as a formula that reads as the same graph.</summary>
internal sealed class FormulaWriter
{
    private const int MaxLength = 600;
    private readonly Dictionary<string, NodeDefinition> makers;
    private readonly Dictionary<string, Literal> constants;

    private FormulaWriter(GraphDefinition graph)
    {
        makers = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        constants = graph.Constants.ToDictionary(constant => constant.Name, constant => constant.Value, StringComparer.Ordinal);
    }

    /// <summary>
    /// The derivative of a formula with respect to one of its inputs, by reverse mode and simplified; null if it is too long to read.
    /// </summary>
    public static string? DerivativeOf(string formula, string input, TemplateDraw draw)
    {
        GraphDefinition definition = draw.Read(formula);
        var options = new BindingOptions { Evaluator = draw.Evaluator, HasValues = false };
        BoundInputs inputs = InputBinder.Bind(definition, new Dictionary<string, Literal>(), options);
        BoundGraph bound = GraphBinder.Bind(TopologicalOrder.Of(definition), inputs, options);
        GraphDefinition gradient = GradientGraph.Of(bound, definition.Outputs[^1], [input], draw.Evaluator);
        string written = new FormulaWriter(gradient).Written(gradient.Outputs[0]).Text;
        return written.Length <= MaxLength ? written : null;
    }

    private (string Text, int Strength) Written(Operand operand) =>
        operand.Number is { } number ? Written(number)
        : constants.TryGetValue(operand.Name!, out Literal? constant) ? Written(constant)
        : makers.TryGetValue(operand.Name!, out NodeDefinition? node) ? Written(node)
        : (operand.Name!, Strength.Atom);

    private static (string Text, int Strength) Written(Literal literal)
    {
        double value = literal.As(DType.Float64).Values<double>()[0];
        return (value.ToString("R", CultureInfo.InvariantCulture), value < 0 ? Strength.Minus : Strength.Atom);
    }

    private (string Text, int Strength) Written(NodeDefinition node)
    {
        (string Text, int Strength)[] operands = [.. node.Inputs.Select(Written)];
        return node.Op switch
        {
            "Add" => ($"{In(operands[0], Strength.Sum)} + {In(operands[1], Strength.Sum + 1)}", Strength.Sum),
            "Sub" => ($"{In(operands[0], Strength.Sum)} - {In(operands[1], Strength.Sum + 1)}", Strength.Sum),
            "Mul" => ($"{In(operands[0], Strength.Product)}*{In(operands[1], Strength.Product + 1)}", Strength.Product),
            "Div" => ($"{In(operands[0], Strength.Product)}/{In(operands[1], Strength.Product + 1)}", Strength.Product),
            "Neg" => ($"-{In(operands[0], Strength.Power)}", Strength.Minus),
            "Pow" => ($"{In(operands[0], Strength.Atom)}^{In(operands[1], Strength.Atom)}", Strength.Power),
            "Identity" => operands[0],
            _ => ($"{node.Op.ToLowerInvariant()}({string.Join(", ", operands.Select(operand => operand.Text))})", Strength.Atom),
        };
    }

    private static string In((string Text, int Strength) operand, int least) => operand.Strength >= least ? operand.Text : $"({operand.Text})";

    /// <summary>The precedence of what is written.</summary>
    private static class Strength
    {
        public const int Minus = 0;
        public const int Sum = 1;
        public const int Product = 3;
        public const int Power = 5;
        public const int Atom = 6;
    }
}

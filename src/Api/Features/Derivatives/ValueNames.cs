using Backprop.Domain.Graphs;

namespace Backprop.Api.Features.Derivatives;

/// <summary>
/// The names of values for readers. A part of an expression that has no name of its own is written as in its source, <c>x @ w</c>, instead of by the
/// name that was generated for it.
/// </summary>
internal sealed class ValueNames
{
    private const int LongestExpression = 40;
    private const int MostNested = 8;

    private readonly Dictionary<string, NodeDefinition> generated;
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    /// <param name="definition">The graph.</param>
    public ValueNames(GraphDefinition definition) => generated = definition.Nodes
        .Where(node => node.Source is not null && node.Outputs.Count == 1 && node.Name.Contains('.'))
        .ToDictionary(node => node.Name, StringComparer.Ordinal);

    /// <summary>The name of a value, or its expression if the name was generated and the expression is short.</summary>
    public string Of(string name)
    {
        if (!written.TryGetValue(name, out string? text))
        {
            text = written[name] = Expression(name) is { Length: <= LongestExpression } expression ? expression : name;
        }

        return text;
    }

    /// <summary>The name as part of a formula: an expression stands in parentheses.</summary>
    public string Inside(string name) => Of(name) is var text && text.Contains(' ') ? $"({text})" : text;

    /// <summary>The expression of a generated value; null if it is nested too deeply.</summary>
    public string? Expression(string name) => generated.ContainsKey(name) ? Expression(name, MostNested) : null;

    private string? Expression(string name, int depth)
    {
        if (!generated.TryGetValue(name, out NodeDefinition? node))
        {
            return name;
        }

        if (depth == 0)
        {
            return null;
        }

        var operands = new List<string>();
        foreach (Operand operand in node.Inputs)
        {
            string? text = operand.Number is { } number
                ? ValueText.Parenthesized(ValueText.Of(number.Value))
                : Expression(operand.Name ?? string.Empty, depth - 1);
            if (text is null || operands.Sum(other => other.Length) > LongestExpression)
            {
                return null;
            }

            operands.Add(text);
        }

        return OperatorSyntax.Call(node.Op, operands);
    }
}

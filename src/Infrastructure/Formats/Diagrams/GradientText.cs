namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>Writes out the gradient of a node: the sum of the contributions of all its uses.</summary>
internal static class GradientText
{
    /// <summary>Summands longer than this in total are only counted, so that the sum stays visible.</summary>
    private const int LongestSum = 20;

    /// <summary><c>2</c>, or for a value with several uses <c>1 + 1 = 2</c>; null if the gradient is unknown.</summary>
    /// <param name="wiring">The graph.</param>
    /// <param name="node">The index of the node.</param>
    public static string? Of(Wiring wiring, int node)
    {
        if (wiring.Diagram.Nodes[node].Gradient is not { } gradient)
        {
            return null;
        }

        var summands = wiring.Outgoing[node]
            .Select(edge => wiring.Diagram.Edges[edge].Contribution)
            .OfType<string>()
            .Select(Result)
            .ToArray();
        if (summands.Length < 2)
        {
            return gradient;
        }

        if (summands.Sum(s => s.Length + 3) > LongestSum)
        {
            return $"Σ of {summands.Length} uses ={(gradient.Contains('\n') ? '\n' : ' ')}{gradient}";
        }

        return $"{summands[0]}{string.Concat(summands.Skip(1).Select(s => s.StartsWith('-') ? $" + ({s})" : $" + {s}"))} = {gradient}";
    }

    /// <summary><c>∂L/∂a</c>, or <c>gradient</c> if the output has no name.</summary>
    public static string Symbol(string? outputName, string node) => outputName is null ? "gradient" : $"∂{Inside(outputName)}/∂{Inside(node)}";

    /// <summary>A name as part of a formula: an expression, <c>a * b</c>, stands in parentheses.</summary>
    public static string Inside(string name) => name.Contains(' ') ? $"({name})" : name;

    /// <summary>The last part of <c>8 · (-3) = -24</c>.</summary>
    private static string Result(string contribution) => contribution[(contribution.LastIndexOf('=') + 1)..].Trim();
}

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>The text of a node in the textual formats.</summary>
internal static class NodeText
{
    /// <summary>Name and operator, shape, value and gradient if they are known, one per line.</summary>
    /// <param name="wiring">The graph.</param>
    /// <param name="place">The index of the node.</param>
    /// <param name="outputName">The name of the differentiated value.</param>
    public static IEnumerable<string> Lines(Wiring wiring, int place, string? outputName)
    {
        var node = wiring.Diagram.Nodes[place];
        var name = DisplayText.NameOf(node);
        yield return node.Operator is { } op ? $"{name}: {OperatorSymbol.Of(op)}" : name;
        if (node.Value is { } value)
        {
            yield return value;
        }

        if (node.Shape is { } shape)
        {
            yield return shape;
        }

        if (GradientText.Of(wiring, place) is { } gradient)
        {
            yield return $"{GradientText.Symbol(outputName, name)} = {gradient}";
        }
    }
}

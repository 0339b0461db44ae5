namespace Backprop.Domain.Graphs;

/// <summary>Finds the part of an expression that an error about its graph concerns.</summary>
public static class ExpressionPlaces
{
    private const string Inputs = "inputs.";

    /// <summary>The place, or null if the graph was not written as an expression or the error concerns no part of it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="definition">The graph.</param>
    public static TextPlace? Of(GraphException error, GraphDefinition definition) => error.Node is { } name
        ? definition.Nodes.FirstOrDefault(node => node.Outputs.Contains(name))?.Source?.Place
        : error.Path.StartsWith(Inputs, StringComparison.Ordinal)
            ? definition.Inputs.FirstOrDefault(input => error.Path[Inputs.Length..] == input.Name)?.Place
            : null;

    /// <summary>The error with its place. The message names a part of the expression by its text: generated names say nothing.</summary>
    /// <param name="error">The error.</param>
    /// <param name="place">The place.</param>
    public static GraphException Placed(GraphException error, TextPlace place)
    {
        string part = error.Node is null ? string.Empty : $" in '{place.Part}':";
        return new GraphException(error.Path, $"{place}:{part} {error.Message}", error.Node)
        {
            Place = place,
            Reason = error.Message,
            OtherPaths = error.OtherPaths,
        };
    }
}

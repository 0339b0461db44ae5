using System.Text.Json;

namespace Backprop.Domain.Graphs;

/// <summary>
/// The parts of an expression that the values of a graph stand for, as JSON beside the graph's own, which has no room for them: the id of a graph is
/// the same whoever wrote it.
/// </summary>
public static class SourceJson
{
    // They are for people, who write no more than this.
    private const int LongestText = 1 << 16;

    /// <summary>The JSON; null if the graph was not written as an expression, or as a very long one.</summary>
    /// <param name="definition">The graph.</param>
    public static string? Write(GraphDefinition definition)
    {
        NodeDefinition[] nodes = [.. definition.Nodes.Where(node => node.Source is not null)];
        return nodes.Length == 0 || nodes[0].Source!.Place.Text.Length > LongestText ? null : JsonSerializer.Serialize(new Sources(
            nodes[0].Source!.Place.Text,
            definition.Inputs.Where(input => input.Place is not null).ToDictionary(input => input.Name, input => Part.Of(input.Place!.Value)),
            nodes.ToDictionary(node => node.Name, node => new Named(node.Source!.Statement, node.Source.Function, Part.Of(node.Source.Place)))));
    }

    /// <summary>The graph with its parts of the expression.</summary>
    /// <param name="definition">The graph as it was read.</param>
    /// <param name="json">What was written for the same graph.</param>
    public static GraphDefinition Read(GraphDefinition definition, string json)
    {
        Sources sources = JsonSerializer.Deserialize<Sources>(json)!;
        return definition with
        {
            Inputs = [.. definition.Inputs.Select(input =>
                sources.Inputs.TryGetValue(input.Name, out Part part) ? input with { Place = part.In(sources.Text) } : input)],
            Nodes = [.. definition.Nodes.Select(node => sources.Nodes.TryGetValue(node.Name, out Named? named)
                ? node with { Source = new NodeSource(named.Statement, named.Function, named.Part.In(sources.Text)) } : node)],
        };
    }

    private readonly record struct Part(int Start, int Length)
    {
        public static Part Of(TextPlace place) => new(place.Start, place.Length);

        public TextPlace In(string text) => new(text, Start, Length);
    }

    private sealed record Named(string Statement, string? Function, Part Part);

    private sealed record Sources(string Text, Dictionary<string, Part> Inputs, Dictionary<string, Named> Nodes);
}

namespace Backprop.Domain.Graphs;

/// <summary>
/// A request that is well-formed and wrong: an unknown operator, a cycle, shapes that do not fit, a limit exceeded.
/// </summary>
/// <param name="path">
/// Where, as a JSON path: <c>inputs.a</c> in the request, <c>graph.nodes[1].inputs[0]</c> in the graph, wherever that was taken from.
/// </param>
/// <param name="message">What is wrong, for a person.</param>
/// <param name="node">The name of the node that it concerns, if any.</param>
public sealed class GraphException(string path, string message, string? node = null) : Exception(message)
{
    /// <summary>Where, as a JSON path from the request's root.</summary>
    public string Path { get; } = path;

    /// <summary>The name of the node that it concerns, if any.</summary>
    public string? Node { get; } = node;
}

namespace Backprop.Domain.Graphs;

/// <summary>A well-formed but invalid request: an unknown operator, a cycle, shapes that do not fit, an exceeded limit.</summary>
/// <param name="path">Where, as a JSON path: <c>inputs.a</c> in the request, <c>graph.nodes[1].inputs[0]</c> in the graph, whatever its
/// source.</param>
/// <param name="message">What is wrong, in words for the user.</param>
/// <param name="node">The name of the node that it concerns, if any.</param>
public sealed class GraphException(string path, string message, string? node = null) : Exception(message)
{
    /// <summary>Where, as a JSON path from the request's root.</summary>
    public string Path { get; } = path;

    /// <summary>The name of the node that it concerns, if any.</summary>
    public string? Node { get; } = node;

    /// <summary>What is wrong, without the place in an expression with which the message may begin.</summary>
    public string Reason { get => field ?? Message; init; }

    /// <summary>Further JSON paths that the message concerns.</summary>
    public IReadOnlyList<string> OtherPaths { get; init; } = [];

    /// <summary>The part of the expression that it concerns, if the graph was written as one.</summary>
    public TextPlace? Place { get; init; }

    /// <summary>The same error at another path.</summary>
    /// <param name="path">Where, as a JSON path from the request's root.</param>
    public GraphException At(string path) => new(path, Message, Node) { Reason = Reason, OtherPaths = OtherPaths, Place = Place };
}

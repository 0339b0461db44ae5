using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>Carries the values that a caller wants kept through batching and simplification by adding them as results.</summary>
internal static class SavedMarks
{
    private const string Prefix = "saved:";

    /// <summary>The graph with an additional result for each value that the strategy names.</summary>
    /// <exception cref="GraphException">The graph has no value of that name.</exception>
    public static TransformedGraph Added(BoundGraph bound, TransformedGraph answer, CheckpointStrategy? strategy)
    {
        if (strategy is not CheckpointStrategy.Save save)
        {
            return answer;
        }

        IEnumerable<NamedNode> marks = save.Names.Select((name, i) => bound.Values.TryGetValue(name, out Node? value)
            ? new NamedNode(Prefix + name, value)
            : throw new GraphException($"checkpointing.save[{i}]", $"the graph has no value '{name}'"));
        return answer with { Results = [.. answer.Results, .. marks] };
    }

    /// <summary>The graph without these results, and the values themselves.</summary>
    public static (Graph Graph, Node[] Values) Taken(Graph graph, TransformedGraph answer, CancellationToken cancellation)
    {
        NamedNode[] marks = [.. graph.Outputs.Skip(answer.Results.Count(result => !IsMark(result)))];
        if (marks.Length == 0)
        {
            return (graph, []);
        }

        var bare = new Graph(graph.Inputs, [.. graph.Outputs.SkipLast(marks.Length)], cancellation);
        HashSet<Node> needed = [.. bare.Nodes];
        return (bare, [.. marks.Select(mark => Value(mark.Node, needed))]);
    }

    private static bool IsMark(NamedNode result) => result.Name.StartsWith(Prefix, StringComparison.Ordinal);

    // If the points of a batch share a value, the mark shows it expanded.
    private static Node Value(Node mark, HashSet<Node> needed)
    {
        while (!needed.Contains(mark) && mark.Inputs.Length == 1)
        {
            mark = mark.Inputs[0];
        }

        return mark;
    }
}

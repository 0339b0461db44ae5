using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine.Checkpoints;

/// <summary>Carries the values that a caller wants kept through batching and simplification by adding them as results.</summary>
internal static class SavedMarks
{
    /// <summary>The graph with a further result for each value that the strategy names.</summary>
    /// <exception cref="GraphException">The graph has no value of that name.</exception>
    public static TransformedGraph Added(BoundGraph bound, TransformedGraph transformed, CheckpointStrategy? strategy)
    {
        if (strategy is not CheckpointStrategy.Save save)
        {
            return transformed;
        }

        IEnumerable<KeyedNode> marks = save.Names.Select((name, i) => bound.Values.TryGetValue(name, out Node? value)
            ? new KeyedNode(ResultKey.Saved(name), value)
            : throw new GraphException($"checkpointing.save[{i}]", $"the graph has no value '{name}'"));
        return transformed with { Results = [.. transformed.Results, .. marks] };
    }

    /// <summary>The graph without them, the keys of its outputs, and the values themselves.</summary>
    public static (Graph Graph, ResultKey[] Results, Node[] Values) Taken(Graph graph, TransformedGraph transformed,
        CancellationToken cancellationToken)
    {
        ResultKey[] results = [.. transformed.Results.Select(result => result.Key).Where(key => key.Role != ResultRole.Saved)];
        NamedNode[] marks = [.. graph.Outputs.Skip(results.Length)];
        if (marks.Length == 0)
        {
            return (graph, results, []);
        }

        var bare = new Graph(graph.Inputs, [.. graph.Outputs.SkipLast(marks.Length)], cancellationToken);
        HashSet<Node> needed = [.. bare.Nodes];
        return (bare, results, [.. marks.Select(mark => Value(mark.Node, needed))]);
    }

    // Where the points of a batch share a value, the mark shows it expanded.
    private static Node Value(Node mark, HashSet<Node> needed)
    {
        while (!needed.Contains(mark) && mark.Inputs.Length == 1)
        {
            mark = mark.Inputs[0];
        }

        return mark;
    }
}

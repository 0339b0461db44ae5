using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Domain.Transformations;

/// <summary>Which nodes of a graph depend on given ones.</summary>
internal sealed class Reachability
{
    private readonly HashSet<Node> reached;

    private Reachability(HashSet<Node> reached) => this.reached = reached;

    /// <summary>All nodes that depend on <paramref name="sources"/> through float values, the sources themselves included.</summary>
    public static Reachability Differentiable(Graph graph, IEnumerable<Node> sources) =>
        new(Walk(graph, sources, node => node.DType.IsFloat() && node.Op != Elementwise.StopGradientOp));

    /// <summary>All nodes that depend on <paramref name="sources"/> in any way.</summary>
    public static Reachability Any(Graph graph, IEnumerable<Node> sources) => new(Walk(graph, sources, _ => true));

    /// <summary>True where the node depends on a source.</summary>
    public bool Contains(Node node) => reached.Contains(node);

    private static HashSet<Node> Walk(Graph graph, IEnumerable<Node> sources, Func<Node, bool> passes)
    {
        var reached = new HashSet<Node>(sources);
        foreach (Node node in graph.Nodes)
        {
            if (passes(node) && node.Inputs.Any(reached.Contains))
            {
                reached.Add(node);
            }
        }

        return reached;
    }
}

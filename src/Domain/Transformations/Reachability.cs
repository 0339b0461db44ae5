using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Which nodes of a graph depend on given ones.</summary>
public sealed class Reachability
{
    private readonly HashSet<Node> reached;

    private Reachability(HashSet<Node> reached) => this.reached = reached;

    /// <summary>All nodes that depend on <paramref name="sources"/> through float values, including the sources.</summary>
    public static Reachability Differentiable(IReadOnlyList<Node> nodes, IEnumerable<Node> sources, CancellationToken cancellationToken = default) =>
        new(Walk(nodes, sources, node => node.DType.IsFloat() && node.Op != Elementwise.StopGradientOp, cancellationToken));

    /// <summary>All nodes that depend on <paramref name="sources"/> in any way.</summary>
    public static Reachability Any(IReadOnlyList<Node> nodes, IEnumerable<Node> sources, CancellationToken cancellationToken = default) =>
        new(Walk(nodes, sources, _ => true, cancellationToken));

    /// <summary>True if the node depends on a source.</summary>
    public bool Contains(Node node) => reached.Contains(node);

    private static HashSet<Node> Walk(IReadOnlyList<Node> nodes, IEnumerable<Node> sources, Func<Node, bool> passes,
        CancellationToken cancellationToken)
    {
        var reached = new HashSet<Node>(sources);
        Predicate<Node> isReached = reached.Contains;
        foreach (Node node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (passes(node) && Array.Exists(node.Inputs, isReached))
            {
                reached.Add(node);
            }
        }

        return reached;
    }
}

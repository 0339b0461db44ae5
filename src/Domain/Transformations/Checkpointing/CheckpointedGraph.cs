using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>A gradient graph under a strategy, and its cost.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="SavedValues">The values of the forward pass that are kept for the backward pass.</param>
/// <param name="RecomputedFlops">The floating-point operations that are repeated.</param>
/// <param name="Flops">All floating-point operations, including repeated ones.</param>
public sealed record CheckpointedGraph(Graph Graph, CheckpointStrategy Strategy, int SavedValues, double RecomputedFlops, double Flops)
{
    internal static CheckpointedGraph Of(Graph graph, CheckpointStrategy strategy, LayerChain chain, IReadOnlySet<Node> copies,
        CancellationToken cancellationToken)
    {
        var saved = new HashSet<Node>();
        (double recomputed, double flops) = (0, 0);
        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long cost = node.Op.Flops(node);
            flops += cost;
            recomputed += copies.Contains(node) ? cost : 0;
            if (!chain.Contains(node))
            {
                saved.UnionWith(node.Inputs.Where(chain.Contains));
            }
        }

        return new CheckpointedGraph(graph, strategy, saved.Count, recomputed, flops);
    }
}

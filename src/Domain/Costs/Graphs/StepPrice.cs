using Backprop.Domain.Graphs;

namespace Backprop.Domain.Costs;

/// <summary>
/// What a value and its gradients take, told apart: the forward pass is all that the value needs, the backward pass is the rest of the graph of the gradients. What the
/// asked gradients do not need is not there: no product for the gradient of a frozen weight, none for that of the first layer's input.
/// </summary>
/// <param name="Forward">The nodes that the value needs.</param>
/// <param name="Backward">The nodes that only the gradients need.</param>
/// <param name="Recomputed">What of the backward pass does again what the forward pass did; null where nothing is.</param>
public sealed record StepPrice(GraphPrice Forward, GraphPrice Backward, Work? Recomputed = null)
{
    /// <summary>The FLOPs of the backward pass, without those done again, by those of the forward pass; NaN where neither has any.</summary>
    public double BackwardToForward => (double)(Backward.Total.Flops - (Recomputed?.Flops ?? 0)) / (double)Forward.Total.Flops;

    /// <summary>The price of a graph whose first output is the value and whose others are its gradients.</summary>
    /// <param name="graph">The graph, as it is run: simplified.</param>
    /// <param name="operatorOf">To which operator a node belongs.</param>
    /// <param name="isRecomputed">Which nodes compute again what another did.</param>
    public static StepPrice Of(Graph graph, Func<Node, string>? operatorOf = null, Predicate<Node>? isRecomputed = null)
    {
        HashSet<Node> forward = [.. new Graph(graph.Inputs, [graph.Outputs[0]]).Nodes];
        Work? recomputed = isRecomputed is null ? null : GraphPrice.Of(graph.Nodes.Where(node => isRecomputed(node))).Total;
        return new StepPrice(
            GraphPrice.Of(graph.Nodes.Where(forward.Contains), operatorOf),
            GraphPrice.Of(graph.Nodes.Where(node => !forward.Contains(node)), operatorOf),
            recomputed);
    }
}

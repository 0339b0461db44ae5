using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Costs.Graphs;

/// <summary>
/// The work of a value and of its gradients, separately: the forward pass is everything that the value needs, the backward pass is the rest of the
/// graph of the gradients. Work that the requested gradients do not need is left out: no product for the gradient of a frozen weight, none for that
/// of the first layer's input.
/// </summary>
/// <param name="Forward">The nodes that the value needs.</param>
/// <param name="Backward">The nodes that only the gradients need.</param>
/// <param name="RecomputedFlops">The FLOPs of the backward pass that repeat the forward pass.</param>
public sealed record StepPrice(GraphPrice Forward, GraphPrice Backward, double RecomputedFlops)
{
    /// <summary>The FLOPs of the forward pass.</summary>
    public double ForwardFlops => (double)Forward.Total.Flops;

    /// <summary>The FLOPs of the backward pass, without repetitions.</summary>
    public double BackwardFlops => (double)Backward.Total.Flops - RecomputedFlops;

    /// <summary>The FLOPs of both passes, without repetitions.</summary>
    public double ModelFlops => ForwardFlops + BackwardFlops;

    /// <summary>The ratio of the FLOPs of the backward pass, without repetitions, to those of the forward pass; NaN if neither has any.</summary>
    public double BackwardToForward => BackwardFlops / ForwardFlops;

    /// <summary>The price of a graph whose first output is the value and whose others are its gradients.</summary>
    /// <param name="graph">The graph as it is run: simplified.</param>
    /// <param name="operatorOf">The operator to which a node belongs.</param>
    /// <param name="recomputedFlops">The FLOPs that are repeated.</param>
    public static StepPrice Of(Graph graph, Func<Node, string>? operatorOf = null, double recomputedFlops = 0)
    {
        HashSet<Node> forward = [.. new Graph(graph.Inputs, [graph.Outputs[0]]).Nodes];
        return new StepPrice(
            GraphPrice.Of(graph.Nodes.Where(forward.Contains), operatorOf),
            GraphPrice.Of(graph.Nodes.Where(node => !forward.Contains(node)), operatorOf),
            recomputedFlops);
    }
}

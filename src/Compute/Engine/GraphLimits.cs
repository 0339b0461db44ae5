using Backprop.Domain.Graphs;

namespace Backprop.Compute.Engine;

/// <summary>The limits on the cost of a graph, checked before anything is allocated.</summary>
internal static class GraphLimits
{
    /// <summary>Requires that a graph may be run once.</summary>
    /// <exception cref="LimitException">Its values have too many elements together, or it takes too many operations.</exception>
    public static void Require(Graph graph, EngineLimits limits, CancellationToken cancellationToken)
    {
        double elements = 0, flops = 0;
        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            elements += node.Type.Count;
            flops += node.Op.Flops(node);
        }

        if (elements > limits.MaxElements)
        {
            throw new LimitException("Limits:MaxElements", limits.MaxElements, $"{elements:0} elements in all values together");
        }

        RequireFlops(flops, limits);
    }

    /// <summary>Requires that so many operations are allowed.</summary>
    /// <exception cref="LimitException">They are not.</exception>
    public static void RequireFlops(double flops, EngineLimits limits)
    {
        if (flops > limits.MaxFlops)
        {
            throw new LimitException("Limits:MaxFlops", limits.MaxFlops, $"{flops:0} floating-point operations");
        }
    }
}

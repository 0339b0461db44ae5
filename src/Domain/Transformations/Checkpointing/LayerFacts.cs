using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>What checkpointing needs to know about a layer of a gradient graph, the nodes of one submitted node.</summary>
/// <param name="Name">The submitted node.</param>
/// <param name="KeptBytes">Bytes of its values that the backward pass reads; results are in memory anyway and do not count.</param>
/// <param name="BoundaryBytes">Bytes of the values that are live before it: what the rest of the forward pass reads, without inputs, constants and
/// results.</param>
/// <param name="Flops">Floating-point operations of its forward pass.</param>
/// <param name="IsRead">Whether the backward pass reads one of its values.</param>
/// <param name="LastUse">The last layer of the forward pass that uses one of its values.</param>
public sealed record LayerFacts(string Name, long KeptBytes, long BoundaryBytes, double Flops, bool IsRead, int LastUse)
{
    /// <summary>The layers of a gradient graph in which nothing is recomputed, in order.</summary>
    /// <param name="graph">The graph, simplified.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public static IReadOnlyList<LayerFacts> Of(Graph graph, CancellationToken cancellationToken = default)
    {
        var chain = new LayerChain(graph, cancellationToken);
        var read = new HashSet<Node>();
        foreach (Node node in graph.Nodes.Where(node => !chain.Contains(node)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            read.UnionWith(node.Inputs.Where(chain.Contains));
        }

        long[] changes = new long[chain.Count + 1];
        foreach (Node node in chain.Nodes.Where(node => !chain.IsFree(node) && chain.LastUse(node) > chain.LayerOf(node)))
        {
            changes[chain.LayerOf(node) + 1] += Bytes(node);
            changes[chain.LastUse(node) + 1] -= Bytes(node);
        }

        long live = 0;
        var layers = new List<LayerFacts>(chain.Count);
        for (int layer = 0; layer < chain.Count; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            live += changes[layer];
            Node[] nodes = [.. chain.Between(layer, layer + 1)];
            Node[] kept = [.. nodes.Where(read.Contains)];
            layers.Add(new LayerFacts(
                nodes[0].Origin.Node ?? string.Empty,
                kept.Where(node => !chain.IsFree(node)).Sum(Bytes),
                live,
                nodes.Sum(node => (double)node.Op.Flops(node)),
                kept.Length > 0,
                nodes.Max(chain.LastUse)));
        }

        return layers;
    }

    private static long Bytes(Node node) => node.Type.Count * node.DType.Size();
}

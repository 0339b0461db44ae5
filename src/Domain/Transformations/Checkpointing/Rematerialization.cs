using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>
/// Trades operations for memory: the backward pass reads values of the forward pass from copies of their nodes that are placed right before their
/// first use there. The copies compute the same bits. Common sub-expressions must not be merged afterwards.
/// </summary>
public static class Rematerialization
{
    /// <summary>The number of layers in the chain of forward nodes.</summary>
    public static int Layers(Graph graph, CancellationToken cancellationToken = default) => new LayerChain(graph, cancellationToken).Count;

    /// <summary>The graph under a strategy, with the same inputs and outputs.</summary>
    /// <param name="graph">A gradient graph, already simplified.</param>
    /// <param name="strategy">Any but <see cref="CheckpointStrategy.MemoryBudget"/>, which only plans can decide.</param>
    /// <param name="named">The values that <see cref="CheckpointStrategy.Save"/> names.</param>
    /// <param name="limit">The most values that a revolve schedule may compute and hold.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="LimitException">A revolve schedule exceeds the limit.</exception>
    public static CheckpointedGraph Apply(
        Graph graph, CheckpointStrategy strategy, IReadOnlyCollection<Node> named, long limit, CancellationToken cancellationToken = default)
    {
        var chain = new LayerChain(graph, cancellationToken);
        if (strategy is CheckpointStrategy.None || chain.Count == 0)
        {
            return CheckpointedGraph.Of(graph, strategy, chain, new HashSet<Node>(), cancellationToken);
        }

        GraphBuilder b = GraphBuilder.After(graph, long.MaxValue, cancellationToken: cancellationToken);
        Recomputation recomputation = Recomputation(b, chain, strategy, named, limit, cancellationToken);
        return CheckpointedGraph.Of(Rewritten(graph, b, chain, recomputation, cancellationToken), strategy, chain, recomputation.Copies,
            cancellationToken);
    }

    private static Recomputation Recomputation(
        GraphBuilder b, LayerChain chain, CheckpointStrategy strategy, IReadOnlyCollection<Node> named, long limit,
            CancellationToken cancellationToken)
    {
        if (strategy is CheckpointStrategy.Revolve revolve)
        {
            return new Revolving(b, chain, revolve.Slots, limit, cancellationToken);
        }

        var recomputation = new Recomputation(b, chain);
        recomputation.Keep(strategy switch
        {
            CheckpointStrategy.Sqrt => SegmentEnds(chain, (long)Math.Ceiling(Math.Sqrt(chain.Count))),
            CheckpointStrategy.Every every => SegmentEnds(chain, every.Layers),
            CheckpointStrategy.Save => Named(chain, named),
            _ => throw new ArgumentException($"{strategy} does not say what is kept.", nameof(strategy)),
        });
        return recomputation;
    }

    // The values that are live across a boundary between segments, and the last segment, which is reversed at once.
    private static IEnumerable<Node> SegmentEnds(LayerChain chain, long length)
    {
        long last = (chain.Count - 1) / length;
        return chain.Nodes.Where(node => chain.LayerOf(node) / length is long segment && (segment == last || chain.LastUse(node) / length > segment));
    }

    private static IEnumerable<Node> Named(LayerChain chain, IReadOnlyCollection<Node> named)
    {
        HashSet<Node> saved = [.. named.Where(chain.Contains)];
        int last = saved.Select(chain.LayerOf).DefaultIfEmpty(-1).Max();
        return chain.Nodes.Where(node => saved.Contains(node) || chain.LayerOf(node) > last);
    }

    // Nodes run in creation order. Nodes that need only leaves (a transposed weight) can wait for their first use.
    private static Graph Rewritten(Graph graph, GraphBuilder b, LayerChain chain, Recomputation recomputation, CancellationToken cancellationToken)
    {
        var remade = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();

            if (!node.IsLeaf() && !chain.Contains(node) && !node.Inputs.All(input => input.IsLeaf()))
            {
                Remake(node);
            }
        }

        return new Graph(graph.Inputs, [.. graph.Outputs.Select(output => output with { Node = Now(output.Node) })], cancellationToken);

        Node Remake(Node node)
        {
            Node[] inputs = Array.ConvertAll(node.Inputs, Now);
            b.Origin = node.Origin;
            return remade[node] = b.Make(node.Op, node.Type, inputs, node.Attributes);
        }

        Node Now(Node node) =>
            node.IsLeaf() || chain.Contains(node) ? recomputation.Version(node)
            : remade.TryGetValue(node, out Node? made) ? made
            : Remake(node);
    }
}

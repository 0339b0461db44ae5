using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Runs a graph over many independent points at once: every value that depends on a batched one gets a leading axis (JAX's vmap).</summary>
public static class Batching
{
    /// <summary>The batched forms of <paramref name="outputs"/>, all with the leading axis.</summary>
    /// <param name="b">Makes the nodes; it must continue after all others.</param>
    /// <param name="outputs">Values of the graph of one point.</param>
    /// <param name="batched">For each value that differs between points the value that replaces it: the same type with a leading axis.</param>
    /// <param name="size">The number of points.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public static Node[] Apply(
        GraphBuilder b, IReadOnlyList<Node> outputs, IReadOnlyDictionary<Node, Node> batched, int size, CancellationToken cancellationToken = default)
    {
        var graph = new Graph([], [.. outputs.Select(node => new NamedNode(string.Empty, node))], cancellationToken);
        var replaced = new Dictionary<Node, Node>(batched);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            Node node = graph.Nodes[i];
            if (replaced.ContainsKey(node) || !node.Inputs.Any(replaced.ContainsKey))
            {
                continue;
            }

            b.Origin = node.Origin;
            bool[] which = Array.ConvertAll(node.Inputs, replaced.ContainsKey);
            Node[] inputs = Array.ConvertAll(node.Inputs, input => replaced.GetValueOrDefault(input, input));
            replaced[node] = node.Op.Batch(b, node, inputs, which, size);
        }

        return [.. outputs.Select(node => PrimitiveRows.Materialize(b, replaced.GetValueOrDefault(node, node), replaced.ContainsKey(node), size))];
    }
}

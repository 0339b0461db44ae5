using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>Jacobian-vector products: tangents of inputs are propagated forward to the outputs, node by node.</summary>
public static class ForwardMode
{
    /// <summary>The tangents of the graph's outputs, in their order; null if none arrives.</summary>
    /// <param name="b">Makes the nodes; it must continue after <paramref name="graph"/>.</param>
    /// <param name="graph">The graph that makes the outputs.</param>
    /// <param name="tangents">The tangent of each value that moves, of its type.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">An operator on the path has no derivative.</exception>
    public static Node?[] Pushforward(
        GraphBuilder b, Graph graph, IReadOnlyDictionary<Node, Node> tangents, CancellationToken cancellationToken = default)
    {
        var moving = new Dictionary<Node, Node>(tangents);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            Node node = graph.Nodes[i];
            if (node.IsLeaf() || !node.DType.IsFloat() || moving.ContainsKey(node))
            {
                continue;
            }

            Node?[] operands = Array.ConvertAll(node.Inputs, moving.GetValueOrDefault);
            if (operands.Any(t => t is not null))
            {
                b.Origin = node.Origin;
                if (ReverseMode.Rule(node).Pushforward(b, node, operands) is { } tangent)
                {
                    moving[node] = tangent;
                }
            }
        }

        return [.. graph.Outputs.Select(output => moving.GetValueOrDefault(output.Node))];
    }
}

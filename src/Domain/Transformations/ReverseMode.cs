using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>
/// Vector-Jacobian products: cotangents of outputs are propagated back to the requested values. One walk from the last node to the first; each node
/// contributes to each operand according to its rule, summed over its uses, with broadcasting undone.
/// </summary>
public static class ReverseMode
{
    /// <summary>The cotangents of <paramref name="wrt"/>, in its order; null if nothing arrives.</summary>
    /// <param name="b">Makes the nodes; it must continue after <paramref name="nodes"/>.</param>
    /// <param name="nodes">The nodes to walk, operands before users: a graph's, or a part of it.</param>
    /// <param name="cotangents">The cotangent of each output that takes part, of its type.</param>
    /// <param name="wrt">Values of the graph.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">An operator on the path has no derivative.</exception>
    public static Node?[] Pullback(
        GraphBuilder b, IReadOnlyList<Node> nodes, IReadOnlyDictionary<Node, Node> cotangents, IReadOnlyList<Node> wrt,
            CancellationToken cancellationToken = default)
    {
        Reachability active = Reachability.Differentiable(nodes, wrt, cancellationToken);
        var arrived = new Cotangents(b);
        var unbounded = new UnboundedDerivatives(nodes, cancellationToken);
        foreach ((Node output, Node cotangent) in cotangents)
        {
            arrived.Add(output, cotangent);
        }

        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();

            Node node = nodes[i];
            if (!node.IsLeaf() && active.Contains(node) && arrived.Of(node) is { } cotangent)
            {
                b.Origin = node.Origin with { Pass = Pass.Backward };
                HandBack(b, node, cotangent, active, unbounded, arrived);
            }
        }

        return [.. wrt.Select(arrived.Of)];
    }

    private static void HandBack(GraphBuilder b, Node node, Node cotangent, Reachability active, UnboundedDerivatives unbounded, Cotangents arrived)
    {
        Func<int, Node?>? pullback = null;
        for (int operand = 0; operand < node.Inputs.Length; operand++)
        {
            b.Cancellation.ThrowIfCancellationRequested();
            Node input = node.Inputs[operand];
            if (!input.DType.IsFloat() || !active.Contains(input))
            {
                continue;
            }

            pullback ??= Pullback(b, node, cotangent, unbounded);
            if (pullback(operand) is { } raw)
            {
                arrived.Add(input, input.IsLeaf() ? b.SumTo(raw, input.Shape) : SelectedCotangent.SumTo(b, raw, input.Shape));
            }
        }
    }

    // The contributions of a node to its operands; a selection in its cotangent is propagated where possible.
    private static Func<int, Node?> Pullback(GraphBuilder b, Node node, Node cotangent, UnboundedDerivatives unbounded)
    {
        Derivative rule = Rule(node);
        return node.IsElementwise() ? SelectedCotangent.Through(b, cotangent, Of) : node.Op.Movement switch
        {
            Movement.Moves => SelectedCotangent.ThroughMoves(b, node, cotangent, Of),
            Movement.Reduces => SelectedCotangent.ThroughReduction(b, node, cotangent, Of),
            Movement.Adds => SelectedCotangent.ThroughSums(b, node, cotangent, Of, unbounded.Contains),
            _ => Of(cotangent),
        };

        Func<int, Node?> Of(Node g) => rule.PullbackOfAll?.Invoke(b, node, g) ?? (operand => rule.Pullback(b, node, g, operand));
    }

    /// <summary>The rule of a node's operation.</summary>
    /// <exception cref="GraphException">It has none.</exception>
    internal static Derivative Rule(Node node) => node.Op.Derivative ?? throw new GraphException(
        node.Origin.Index < 0 ? string.Empty : $"graph.nodes[{node.Origin.Index}].op", $"{node.Op.Name} has no derivative", node.Origin.Node);
}

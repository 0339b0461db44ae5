namespace Backprop.Compute.Host.Scalar;

/// <summary>
/// The order in which a scalar program computes its values: depth first from the outputs, the deeper operand first. Values are thus computed shortly
/// before they are used, and the registers of a chain stay in the cache; in a gradient the partial derivatives are computed where the cotangent
/// arrives, not all together ahead of it.
/// </summary>
internal static class EvaluationOrder
{
    /// <summary>The nodes that the outputs need, operands first, without leaves.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pairs">Sines and cosines that are computed together: only the first of a pair is in the order.</param>
    /// <param name="cancellationToken">Ends the ordering early.</param>
    public static List<int> Of(ScalarGraph graph, int[] pairs, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        int[] depth = Depths(graph, ref check);
        var order = new List<int>(depth.Length);
        var done = new bool[depth.Length];
        var pending = new Stack<int>();

        // Gradients with respect to values near the output come first: they need cotangents that those further away only pass through.
        foreach (int output in graph.Outputs.OrderBy(output => depth[output]))
        {
            pending.Push(output);
            while (pending.TryPop(out int node))
            {
                check.Before(1);
                if (node < 0)
                {
                    order.Add(~node);
                    continue;
                }

                if (done[node] || graph.Code[node] == Opcode.Leaf)
                {
                    continue;
                }

                done[node] = true;
                if (pairs[node] >= 0)
                {
                    done[pairs[node]] = true;
                }

                pending.Push(~node);
                PushOperands(graph, node, depth, pending);
            }
        }

        return order;
    }

    private static int[] Depths(ScalarGraph graph, ref CancellationCheck check)
    {
        var depth = new int[graph.Code.Length];
        for (int node = 0; node < depth.Length; node++)
        {
            check.Before(1);
            for (int i = 0; i < ScalarGraph.Arity(graph.Code[node]); i++)
            {
                depth[node] = Math.Max(depth[node], depth[graph.Operand(node, i)] + 1);
            }
        }

        return depth;
    }

    // The last one pushed is computed first: among equally deep operands, the one created first.
    private static void PushOperands(ScalarGraph graph, int node, int[] depth, Stack<int> pending)
    {
        int arity = ScalarGraph.Arity(graph.Code[node]);
        Span<int> operands = [graph.A[node], graph.B[node], graph.C[node]];
        operands = operands[..arity];
        operands.Sort((x, y) => depth[x] != depth[y] ? depth[x].CompareTo(depth[y]) : y.CompareTo(x));
        foreach (int operand in operands)
        {
            pending.Push(operand);
        }
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>
/// The same results with fewer operations: dead code elimination, constant folding, common sub-expressions, and the algebraic identities that hold
/// for every IEEE 754 number (x·1 = x does; x·0 = 0 and x + 0 = x do not, because of NaN and −0). The order of the remaining nodes is kept because it
/// decides how long values live.
/// </summary>
public static class Simplification
{
    // Folding is for numbers and shapes; a large constant would be kept as long as the plan.
    private const long LargestFolded = 4096;
    private const long MostFolded = 1 << 22;

    // Elements read plus operations, over everything that is folded.
    private const double MostWork = 1L << 26;

    /// <summary>The simplified graph, with the same inputs and the same names of outputs.</summary>
    /// <param name="graph">Any typed graph.</param>
    /// <param name="evaluator">Computes constants; null leaves them as they are.</param>
    /// <param name="forExecution">True if the graph is only run: what matters only to differentiation (StopGradient) is removed, too.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    public static Graph Apply(Graph graph, Evaluator? evaluator, bool forExecution = true, CancellationToken cancellationToken = default)
    {
        GraphBuilder b = GraphBuilder.After(graph, long.MaxValue, cancellationToken: cancellationToken);
        var folding = new Folding(b, evaluator);
        var rewrites = new Rewrites(b, forExecution);
        var unique = new Dictionary<NodeKey, Node>();
        var replaced = new Dictionary<Node, Node>(graph.Nodes.Count);
        int first = b.Count;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            Node node = graph.Nodes[i];
            b.Origin = node.Origin;
            replaced[node] = node.Op == Structure.Input ? node : Simplified(node, b, b.Count > first, rewrites, unique, replaced, folding);
        }

        return new Graph(graph.Inputs, [.. graph.Outputs.Select(output => output with { Node = replaced[output.Node] })], cancellationToken);
    }

    private static Node Simplified(
        Node node,
        GraphBuilder b,
        bool isBehind,
        Rewrites rewrites,
        Dictionary<NodeKey, Node> unique,
        Dictionary<Node, Node> replaced,
        Folding folding)
    {
        // After a rebuilt node all others are rebuilt, since they would otherwise run before it.
        bool changed = isBehind && !node.IsLeaf();
        Node[] inputs = Array.ConvertAll(node.Inputs, input =>
        {
            Node now = replaced[input];
            changed |= !ReferenceEquals(now, input);
            return now;
        });
        Node current = changed ? b.Make(node.Op, node.Type, inputs, node.Attributes) : node;
        Node rewritten = rewrites.Apply(current);
        if (!ReferenceEquals(rewritten, current) && rewritten.IsLeaf())
        {
            return rewritten;
        }

        Node folded = folding.Folded(rewritten) ?? rewritten;
        var key = new NodeKey(folded);
        if (unique.TryGetValue(key, out Node? twin))
        {
            return twin;
        }

        unique[key] = folded;
        return folded;
    }

    // The node that produces the first NaN or infinity is kept, so that a warning can name it.
    private static bool IsFinite(Tensor tensor)
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            if (!double.IsFinite(tensor[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Computes nodes whose operands are constants.</summary>
    private sealed class Folding(GraphBuilder b, Evaluator? evaluator)
    {
        private double work;

        public Node? Folded(Node node)
        {
            if (evaluator is null || node.IsLeaf() || node.Op == Elementwise.StopGradientOp || node.Type.Count > LargestFolded
                || b.ConstantElements > MostFolded
                || !node.Inputs.All(input => input.Op == Structure.Constant))
            {
                return null;
            }

            work += node.Op.Flops(node) + node.Inputs.Sum(input => (double)input.Type.Count);
            if (work > MostWork)
            {
                return null;
            }

            try
            {
                Tensor value = evaluator(node, Array.ConvertAll(node.Inputs, input => input.Value!), b.Cancellation);
                return IsFinite(value) || !node.Inputs.All(input => IsFinite(input.Value!)) ? b.Constant(value) : null;
            }
            catch (GraphException)
            {
                // For example a position out of range: it is an error only if the graph actually gets there.
                return null;
            }
        }
    }
}

using Backprop.Domain.Graphs;

namespace Backprop.Domain.Practice.Grading.Exercises;

/// <summary>Bounds the work of evaluating a program: every node is counted before it is computed.</summary>
/// <param name="evaluator">Evaluates nodes.</param>
internal sealed class WorkMeter(Evaluator evaluator)
{
    // A thousand times the work of the largest exercise; memory is bounded with it, because elements count too.
    private const long MaxOperations = 1L << 24;
    private const int PerElement = 8;
    private long operations;

    /// <summary>Computes a node, unless the program has taken too much work: an <see cref="Evaluator"/>.</summary>
    /// <exception cref="GraphException">It has.</exception>
    public Tensor Evaluate(Node node, IReadOnlyList<Tensor> operands, CancellationToken cancellationToken)
    {
        long more = node.Op.Flops(node);
        operations += more > MaxOperations ? MaxOperations + 1 : more + (PerElement * node.Type.Count);
        return operations <= MaxOperations
            ? evaluator(node, operands, cancellationToken)
            : throw new GraphException($"graph.nodes[{node.Origin.Index}]",
                $"it takes more than {MaxOperations} operations, which no answer to this question needs", node.Origin.Node);
    }
}

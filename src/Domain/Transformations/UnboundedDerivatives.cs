using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations;

/// <summary>
/// The values that depend on one with a possibly infinite derivative only through elementwise operations and movements of elements: for them it
/// matters whether a cotangent is zero because no element was selected. Computed on first use.
/// </summary>
/// <param name="nodes">The nodes of the graph, operands before users.</param>
/// <param name="cancellationToken">Ends the walk.</param>
internal sealed class UnboundedDerivatives(IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
{
    private HashSet<Node>? found;

    /// <summary>True if a value is one of them.</summary>
    public bool Contains(Node node) => (found ??= Find()).Contains(node);

    private HashSet<Node> Find()
    {
        var unbounded = new HashSet<Node>();
        foreach (Node node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool carries = node.IsElementwise() || node.Op.Movement != Movement.None;
            if (node.Op.HasUnboundedDerivative || (carries && Array.Exists(node.Inputs, unbounded.Contains)))
            {
                unbounded.Add(node);
            }
        }

        return unbounded;
    }
}

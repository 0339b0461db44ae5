using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation.Loops;

/// <summary>The role of a node in the loops over a domain, the shape whose last axis is that of the rows.</summary>
internal enum LoopRole
{
    /// <summary>It does not run in a loop.</summary>
    None,

    /// <summary>One element for each of the domain's elements.</summary>
    Elementwise,

    /// <summary>One element per row, computed from elements of rows.</summary>
    PerRow,

    /// <summary>One element per row, computed from all elements of the row.</summary>
    Fold,

    /// <summary>One element computed from the whole domain.</summary>
    Total,
}

/// <summary>
/// The role of every node of a graph. Roles consider only a node and its operands; <see cref="Fusion"/> decides which nodes run together.
/// </summary>
internal sealed class LoopRoles
{
    // For short rows starting costs more than running; long ones would not stay in the cache.
    private const int FewestColumns = 8;
    private const int MostColumns = 1 << 14;

    // Broadcast rows are not kept for a second reading. A tile has at least one whole row.
    private const int MostBroadcast = 1 << 16;

    private readonly Graph graph;
    private readonly int[] roots;
    private readonly int[] indices;
    private readonly int leastElements;
    private readonly LoopRole[] roles;
    private readonly Shape[] domains;
    private readonly DType[] dtypes;

    /// <summary>The roles of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="indices">The index of each node by its id.</param>
    /// <param name="roots">For each index, that of the value whose memory it shows.</param>
    /// <param name="leastElements">Smaller domains have no loops.</param>
    /// <param name="cancellationToken">Ends the assignment early.</param>
    public LoopRoles(Graph graph, int[] indices, int[] roots, int leastElements, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        (this.graph, this.indices, this.roots, this.leastElements) = (graph, indices, roots, leastElements);
        roles = new LoopRole[roots.Length];
        domains = new Shape[roots.Length];
        dtypes = new DType[roots.Length];
        for (int index = 0; index < roots.Length; index++)
        {
            Node node = graph.Nodes[index];
            check.Before(1 + node.Inputs.Length);
            if (roots[index] == index && !node.IsLeaf())
            {
                Assign(index, node);
            }
        }
    }

    /// <summary>The role of the node at an index.</summary>
    public LoopRole this[int index] => roles[index];

    /// <summary>The domain of a node that has a role.</summary>
    public Shape Domain(int index) => domains[index];

    /// <summary>The float type of a node that has a role.</summary>
    public DType DType(int index) => dtypes[index];

    /// <summary>
    /// True if a node runs faster in a loop of its own than in its kernel, which would read the elements several times or go row by row.
    /// </summary>
    public bool IsLoopAlone(int index)
    {
        Node node = graph.Nodes[index];
        return roles[index] == LoopRole.Elementwise && (node.Op.Name is "Softmax" or "LogSoftmax" or "Where" || IsBroadcasting(node));
    }

    private static bool IsBroadcasting(Node node) =>
        node.Op.IsFusible && node.Inputs.Any(input => input.Type.Count != node.Type.Count && input.Type.Count != 1);

    /// <summary>True if a node can read an operand from within the same group.</summary>
    public bool Joins(int index, Node operand)
    {
        int source = roots[indices[operand.Id]];
        if (roles[index] == LoopRole.None || roles[source] is LoopRole.None or LoopRole.Total
            || dtypes[index] != dtypes[source] || !domains[index].Equals(domains[source]))
        {
            return false;
        }

        return (roles[index], roles[source]) switch
        {
            (LoopRole.PerRow, LoopRole.Elementwise) => false,
            (LoopRole.PerRow, _) => operand.Type.Count == Rows(domains[index]),
            (_, LoopRole.Elementwise) => operand.Shape.Equals(domains[index]),
            (LoopRole.Elementwise, _) => operand.Shape.Equals(Kept(domains[index])),
            _ => false,
        };
    }

    private void Assign(int index, Node node)
    {
        switch (node.Op.Name)
        {
            case "Softmax" or "LogSoftmax" when node.Integer("axis") == node.Shape.Rank - 1 && HasRows(node.Shape):
            case "Expand" when node.DType.IsFloat() && node.Shape.Rank > 0 && IsRow(node.Shape[^1]) && node.Type.Count >= leastElements:
            case "ScatterElements" when IsPut(node):
                Set(index, LoopRole.Elementwise, node.Shape, node.DType);
                break;
            case "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceLogSumExp" or "ReduceL2":
                AssignReduction(index, node);
                break;
            case "GatherElements" when IsChoice(node, node.Inputs[0].Shape):
                Set(index, LoopRole.Fold, node.Inputs[0].Shape, node.DType);
                break;
            case var _ when node.Op.IsFusible:
                AssignElementwise(index, node);
                break;
        }
    }

    private void AssignReduction(int index, Node node)
    {
        Node x = node.Inputs[0];
        int[] axes = node.Integers("axes");
        if (!x.DType.IsFloat() || x.Type.Count < leastElements)
        {
            return;
        }

        bool needsRow = node.Op.Name == "ReduceLogSumExp" || (node.Op == Norms.ReduceL2Op && Norms.Epsilon(node) != 0);
        if (axes.Length == x.Shape.Rank && !needsRow)
        {
            Set(index, LoopRole.Total, x.Shape, x.DType);
        }
        else if (axes.Length == 1 && axes[0] == x.Shape.Rank - 1 && HasRows(x.Shape))
        {
            Set(index, LoopRole.Fold, x.Shape, x.DType);
        }
    }

    private void AssignElementwise(int index, Node node)
    {
        if (FloatType(node) is not { } dtype || LoopOperation.Of(node, dtype) is null)
        {
            return;
        }

        foreach (Node input in node.Inputs)
        {
            int source = roots[indices[input.Id]];
            if (roles[source] is LoopRole.PerRow or LoopRole.Fold && dtypes[source] == dtype && FitsRows(node, Rows(domains[source])))
            {
                Set(index, LoopRole.PerRow, domains[source], dtype);
                return;
            }
        }

        if (node.Shape.Rank > 0 && node.Type.Count >= leastElements && (!IsBroadcasting(node) || IsRow(node.Shape[^1])))
        {
            Set(index, LoopRole.Elementwise, node.Shape, dtype);
        }
    }

    private static bool FitsRows(Node node, long rows) =>
        node.Type.Count == rows && node.Inputs.All(input => input.Type.Count == rows || input.Type.Count == 1);

    // A node that has only truth values takes the type of the values they were computed from.
    private DType? FloatType(Node node)
    {
        if (node.DType.IsFloat())
        {
            return node.DType;
        }

        foreach (Node input in node.Inputs)
        {
            int source = roots[indices[input.Id]];
            if (input.DType.IsFloat() || roles[source] != LoopRole.None)
            {
                return input.DType.IsFloat() ? input.DType : dtypes[source];
            }
        }

        return null;
    }

    // One column per row, gathered or scattered; the operand that is scattered into has the domain's shape, so nothing else needs checking.
    private bool IsPut(Node node) => node.Text("reduction") is "none" or "add" && IsChoice(node, node.Shape);

    private bool IsChoice(Node node, Shape domain) =>
        node.DType.IsFloat() && HasRows(domain) && node.Integer("axis") == domain.Rank - 1 && node.Inputs[1].Shape.Equals(Kept(domain));

    private bool HasRows(Shape shape) =>
        shape.Rank > 0 && shape.Count >= leastElements && shape[^1] is >= FewestColumns and <= MostColumns;

    private static bool IsRow(int columns) => columns is >= FewestColumns and <= MostBroadcast;

    private static long Rows(Shape domain) => domain.Count / domain[^1];

    private static Shape Kept(Shape domain) => Shape.Of([.. domain.Dims[..^1], 1]);

    private void Set(int index, LoopRole role, Shape domain, DType dtype) => (roles[index], domains[index], dtypes[index]) = (role, domain, dtype);
}

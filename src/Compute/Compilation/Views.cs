using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Which values are not computed but read at strides in another's memory: results of Transpose, Slice, Expand, Unfold and Reshape that only matrix
/// products and convolutions use, and matrix products that only a Transpose uses, which are written in the Transpose's layout.
/// </summary>
internal sealed class Views
{
    private readonly Graph graph;
    private readonly int[] indices;
    private readonly Strides?[] strides;
    private readonly bool[] shows;
    private CancellationCheck check;

    private Views(Graph graph, int[] indices, CancellationToken cancellationToken)
    {
        check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        (this.graph, this.indices) = (graph, indices);
        strides = new Strides?[graph.Nodes.Count];
        shows = new bool[graph.Nodes.Count];
    }

    /// <summary>For every value the strides of its elements in the memory it shows; null if it is row-major.</summary>
    public IReadOnlyList<Strides?> Strides => strides;

    /// <summary>The views of a graph; null if nothing reads at strides.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="indices">The index of each node by its id.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public static Views? Of(Graph graph, int[] indices, CancellationToken cancellationToken)
    {
        if (!graph.Nodes.Any(node => node.Op.IsContraction))
        {
            return null;
        }

        var views = new Views(graph, indices, cancellationToken);
        views.FindOperands();
        views.FindResults();
        return views;
    }

    /// <summary>True if a value shares the memory of its first operand.</summary>
    public bool IsReadThrough(int index) => shows[index];

    private static bool IsProduct(Node node) => node.Op.Name == "MatMul";

    private void FindOperands()
    {
        for (int index = 0; index < strides.Length; index++)
        {
            strides[index] = Through(index);
        }

        bool[] rowMajor = RowMajor();
        for (int index = 0; index < strides.Length; index++)
        {
            // An operand may be computed after all, so the strides are checked again.
            strides[index] = rowMajor[index] || IsProduct(graph.Nodes[index]) ? null : Through(index);
            shows[index] = strides[index] is not null;
        }
    }

    private Strides? Through(int index)
    {
        check.Before(1);
        Node node = graph.Nodes[index];
        if (node.Inputs.Length == 0 || node.Type.Count == 0 || node.Type.Count > Array.MaxLength || !IsLayout(node))
        {
            return null;
        }

        Strides from = strides[indices[node.Inputs[0].Id]] ?? Compilation.Strides.Of(node.Inputs[0].Shape);
        return from.Through(node);
    }

    private static bool IsLayout(Node node) => node.Op.Name is "Transpose" or "Slice" or "Expand" or "Unfold"
        || node.Op.IsAlias;

    // From the last node to the first: which steps read a value at strides is known before the value.
    private bool[] RowMajor()
    {
        var rowMajor = new bool[strides.Length];
        foreach (NamedNode output in graph.Outputs)
        {
            rowMajor[indices[output.Node.Id]] = true;
        }

        for (int index = strides.Length - 1; index >= 0; index--)
        {
            Node node = graph.Nodes[index];
            check.Before(1 + node.Inputs.Length);
            bool readsAtStrides = node.Op.IsContraction || (strides[index] is not null && !rowMajor[index]);
            foreach (Node input in node.Inputs)
            {
                rowMajor[indices[input.Id]] |= !readsAtStrides;
            }
        }

        return rowMajor;
    }

    private void FindResults()
    {
        int[] uses = Uses();
        for (int index = 0; index < strides.Length; index++)
        {
            check.Before(1);
            Node node = graph.Nodes[index];
            if (node.Op.Name != "Transpose" || shows[index] || node.Type.Count == 0 || node.Type.Count > Array.MaxLength)
            {
                continue;
            }

            int product = indices[node.Inputs[0].Id];
            if (IsProduct(graph.Nodes[product]) && uses[product] == 1 && Before(node) is { } written)
            {
                (strides[product], shows[index]) = (written, true);
            }
        }
    }

    private int[] Uses()
    {
        var uses = new int[strides.Length];
        foreach (Node input in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Node)))
        {
            check.Before(1);
            uses[indices[input.Id]]++;
        }

        return uses;
    }

    /// <summary>
    /// The layout of a Transpose's operand that makes the result row-major; null if neither its rows nor its columns would be contiguous.
    /// </summary>
    private static Strides? Before(Node transpose)
    {
        long[] to = transpose.Shape.Strides();
        int[] perm = transpose.Integers("perm");
        var steps = new int[perm.Length];
        for (int axis = 0; axis < perm.Length; axis++)
        {
            steps[perm[axis]] = (int)to[axis];
        }

        return steps[^1] == 1 || steps[^2] == 1 ? new Strides(0, steps) : null;
    }
}

using Backprop.Compute.Compilation.Loops;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Which nodes run as one step. Neighbours of one kind (loops over one domain, or elementwise nodes of one shape where loops have no function for
/// them) form a group when no way from one to another leads through anything else: every crossing of a boundary raises a node's level, so nodes of
/// one level that are neighbours can never wait for each other through a third. What is computed once more after the way back has begun stays apart
/// from what was computed before it: joined, it would be held instead of recomputed.
/// </summary>
internal sealed class Fusion
{
    // Longer kernels take a device's compiler more than proportionally long, and what memory they would save beyond this is little.
    private const int MostMembers = 64;

    private readonly Graph graph;
    private readonly int[] indices;
    private readonly int[] roots;
    private readonly LoopRoles? roles;
    private readonly int[] level;
    private readonly int[] epoch;
    private readonly int[] parent;
    private readonly int leastElements;
    private CancellationCheck check;

    /// <summary>Finds the groups.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="indices">The place of each node by its id.</param>
    /// <param name="roots">For each place that of the value whose memory it shows.</param>
    /// <param name="roles">What nodes are to loops; null where there are none.</param>
    /// <param name="leastElements">Smaller values run alone: for them a step of its own costs less than a loop over tiles.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Fusion(Graph graph, int[] indices, int[] roots, LoopRoles? roles, int leastElements, CancellationToken cancellation)
    {
        check = new CancellationCheck(cancellation, CancellationCheck.Nodes);
        (this.graph, this.indices, this.roots, this.roles, this.leastElements) = (graph, indices, roots, roles, leastElements);
        level = new int[roots.Length];
        parent = [.. Enumerable.Range(0, roots.Length)];
        epoch = Epochs(graph);
    }

    /// <summary>The place of each node by its id.</summary>
    public static int[] NodeIndices(Graph graph, CancellationToken cancellation)
    {
        var check = new CancellationCheck(cancellation, CancellationCheck.Nodes);
        int last = graph.Nodes.Count == 0 ? 0 : graph.Nodes[^1].Id;
        var indices = new int[last + 1];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            check.Before(1);
            indices[graph.Nodes[i].Id] = i;
        }

        return indices;
    }

    /// <summary>For each node the place of the first member of its group: its own where it runs alone.</summary>
    public int[] Groups()
    {
        for (int i = 0; i < level.Length; i++)
        {
            check.Before(1 + graph.Nodes[i].Inputs.Length);
            foreach (Node input in graph.Nodes[i].Inputs)
            {
                int operand = roots[indices[input.Id]];
                bool free = roots[i] != i || graph.Nodes[operand].IsLeaf() || Joins(i, input, operand);
                level[i] = Math.Max(level[i], level[operand] + (free ? 0 : 1));
            }
        }

        for (int i = 0; i < level.Length; i++)
        {
            check.Before(1 + graph.Nodes[i].Inputs.Length);
            foreach (Node input in graph.Nodes[i].Inputs)
            {
                int operand = roots[indices[input.Id]];
                if (roots[i] == i && level[operand] == level[i] && Joins(i, input, operand))
                {
                    Join(operand, i);
                }
            }
        }

        return Cut();
    }

    // Members in their order need earlier ones alone, so a group may end at any of them. Loops are cut into passes where they are assembled.
    private int[] Cut()
    {
        var groups = new int[parent.Length];
        var first = new int[parent.Length];
        var count = new int[parent.Length];
        for (int i = 0; i < parent.Length; i++)
        {
            check.Before(1);
            int root = Root(i);
            bool begins = root == i || (count[root] % MostMembers == 0 && (roles is null || roles[i] == LoopRole.None));
            count[root]++;
            first[root] = begins ? i : first[root];
            groups[i] = first[root];
        }

        return groups;
    }

    private bool Joins(int i, Node input, int operand)
    {
        if (epoch[i] != epoch[operand])
        {
            return false;
        }

        bool isLoop = roles is not null && roles[i] != LoopRole.None;
        return isLoop
            ? roles!.Joins(i, input)
            : operand == indices[input.Id] && Fuses(i) && Fuses(operand) && graph.Nodes[i].Shape.Equals(graph.Nodes[operand].Shape);
    }

    private bool Fuses(int index)
    {
        Node node = graph.Nodes[index];
        return node.Type.Count >= leastElements && PrimitiveTraits.IsElementwise(node.Op.Name) && (roles is null || roles[index] == LoopRole.None);
    }

    // A new epoch begins where, after nodes of the backward pass, the forward pass is taken up again.
    private static int[] Epochs(Graph graph)
    {
        var epochs = new int[graph.Nodes.Count];
        int current = 0;
        var pass = Pass.Forward;
        for (int i = 0; i < epochs.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (!node.IsLeaf())
            {
                current += pass == Pass.Backward && node.Origin.Pass == Pass.Forward ? 1 : 0;
                pass = node.Origin.Pass;
            }

            epochs[i] = current;
        }

        return epochs;
    }

    private void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }
}

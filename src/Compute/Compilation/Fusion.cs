using Backprop.Compute.Compilation.Loops;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Which nodes run as one step. Neighbours of one kind (loops over one domain, or elementwise nodes of one shape for which loops have no function)
/// form a group if no path from one to another leads through anything else: every crossing of a boundary raises a node's level, so neighbours of one
/// level can never wait for each other through a third node. Recomputations after the backward pass has begun stay apart from the first computation:
/// joined to it, their values would be held instead of recomputed.
/// </summary>
internal sealed class Fusion
{
    // The compile time of kernels on a device grows faster than their length, and longer groups would save little more memory.
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
    /// <param name="indices">The index of each node by its id.</param>
    /// <param name="roots">For each index, that of the value whose memory it shows.</param>
    /// <param name="roles">The roles of nodes in loops; null if there are no loops.</param>
    /// <param name="leastElements">Smaller values run by themselves: a step of their own costs them less than a loop over tiles.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public Fusion(Graph graph, int[] indices, int[] roots, LoopRoles? roles, int leastElements, CancellationToken cancellationToken)
    {
        check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        (this.graph, this.indices, this.roots, this.roles, this.leastElements) = (graph, indices, roots, roles, leastElements);
        level = new int[roots.Length];
        parent = [.. Enumerable.Range(0, roots.Length)];
        epoch = Epochs(graph);
    }

    /// <summary>The index of each node by its id.</summary>
    public static int[] NodeIndices(Graph graph, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        int last = graph.Nodes.Count == 0 ? 0 : graph.Nodes[^1].Id;
        var indices = new int[last + 1];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            check.Before(1);
            indices[graph.Nodes[i].Id] = i;
        }

        return indices;
    }

    /// <summary>For each node the index of the first member of its group; its own if it runs by itself.</summary>
    public int[] Groups()
    {
        for (int i = 0; i < level.Length; i++)
        {
            check.Before(1 + graph.Nodes[i].Inputs.Length);
            foreach (Node input in graph.Nodes[i].Inputs)
            {
                int operand = roots[indices[input.Id]];
                level[i] = Math.Max(level[i], level[operand] + Crossing(i, input, operand));
            }
        }

        Postpone();
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

    // What needs nothing but leaves can wait for its first user, and join it: the moving averages of an optimizer, times their decay.
    private void Postpone()
    {
        var latest = new int[level.Length];
        Array.Fill(latest, int.MaxValue);
        for (int i = level.Length - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            check.Before(1 + node.Inputs.Length);
            bool waits = latest[i] < int.MaxValue && roots[i] == i && !node.IsLeaf() && node.Inputs.All(input => input.IsLeaf());
            level[i] = waits ? latest[i] : level[i];
            foreach (Node input in node.Inputs)
            {
                int operand = roots[indices[input.Id]];
                latest[operand] = Math.Min(latest[operand], level[i] - Crossing(i, input, operand));
            }
        }
    }

    // By how much a node's level is above that of an operand.
    private int Crossing(int i, Node input, int operand) => roots[i] != i || graph.Nodes[operand].IsLeaf() || Joins(i, input, operand) ? 0 : 1;

    // Each member needs only earlier members, so a group may end after any of them. Loops are cut into passes when they are assembled.
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
        return node.Type.Count >= leastElements && node.Op.IsFusible && (roles is null || roles[index] == LoopRole.None);
    }

    // A new epoch begins where the forward pass resumes after nodes of the backward pass.
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

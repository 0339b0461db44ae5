using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>
/// Which elementwise nodes run as one step. Nodes of one shape that are joined by their values form a group when no way from
/// one to another leads through anything else: every crossing of a boundary raises a node's level, so nodes of one level that
/// are neighbours can never wait for each other through a third. What is computed once more after the way back has begun stays
/// apart from what was computed before it: joined, it would be held instead of recomputed.
/// </summary>
internal sealed class Fusion
{
    private readonly Graph graph;
    private readonly int[] places;
    private readonly int[] level;
    private readonly int[] epoch;
    private readonly int[] parent;

    private Fusion(Graph graph)
    {
        this.graph = graph;
        int count = graph.Nodes.Count;
        places = Places(graph);
        level = new int[count];
        epoch = Epochs(graph);
        parent = new int[count];
    }

    /// <summary>For each node the place of the first member of its group: its own where it runs alone.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="leastElements">Smaller values run alone: for them a step of its own costs less than a loop over tiles.</param>
    public static int[] Groups(Graph graph, int leastElements) => new Fusion(graph).Find(leastElements);

    /// <summary>The place of each node by its id.</summary>
    public static int[] Places(Graph graph)
    {
        int last = graph.Nodes.Count == 0 ? 0 : graph.Nodes[^1].Id;
        var places = new int[last + 1];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            places[graph.Nodes[i].Id] = i;
        }

        return places;
    }

    private int[] Find(int leastElements)
    {
        for (int i = 0; i < level.Length; i++)
        {
            Node node = graph.Nodes[i];
            parent[i] = i;
            bool joins = Fuses(node, leastElements);
            foreach (Node input in node.Inputs)
            {
                int operand = places[input.Id];
                bool inside = joins && Fuses(input, leastElements) && SameLoop(i, operand);
                level[i] = Math.Max(level[i], level[operand] + (inside || input.IsLeaf() ? 0 : 1));
            }
        }

        for (int i = 0; i < level.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (!Fuses(node, leastElements))
            {
                continue;
            }

            foreach (Node input in node.Inputs)
            {
                int operand = places[input.Id];
                if (level[operand] == level[i] && Fuses(input, leastElements) && SameLoop(i, operand))
                {
                    Join(operand, i);
                }
            }
        }

        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] = Root(i);
        }

        return parent;
    }

    private static bool Fuses(Node node, int leastElements) => node.Type.Count >= leastElements && Primitives.IsElementwise(node.Op.Name);

    private bool SameLoop(int a, int b) => epoch[a] == epoch[b] && graph.Nodes[a].Shape.Equals(graph.Nodes[b].Shape);

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

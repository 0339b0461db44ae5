using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Compute.Compilation;

/// <summary>The order of steps: nodes or groups of nodes, each after its operands and otherwise as late as its last member's position.</summary>
internal static class Schedule
{
    /// <summary>The members of each step, in execution order; leaves, and values that show the memory of another, are not steps.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="indices">The index of each node by its id.</param>
    /// <param name="roots">For each index, that of the value whose memory it shows.</param>
    /// <param name="groups">For each node the first member of its group.</param>
    /// <param name="follows">Given a step, one that waited only for it, and the number of users of the first: whether the second follows at
    /// once.</param>
    /// <param name="cancellationToken">Ends the ordering early.</param>
    public static List<int[]> Of(
        Graph graph, int[] indices, int[] roots, int[] groups, Func<int[], int[], int, bool> follows, CancellationToken cancellationToken)
    {
        var check = new CancellationCheck(cancellationToken, CancellationCheck.Nodes);
        ILookup<int, int> members = Enumerable.Range(0, groups.Length).Where(index => IsStep(graph, roots, index)).ToLookup(index => groups[index]);
        var waiting = new Dictionary<int, int>();
        var users = new Dictionary<int, List<int>>();
        foreach (IGrouping<int, int> group in members)
        {
            int[] needed = [.. group.SelectMany(member => Needed(graph, indices, roots, groups, member)).Where(other => other != group.Key)
                .Distinct()];
            check.Before(1 + needed.Length);
            waiting[group.Key] = needed.Length;
            foreach (int other in needed)
            {
                (users.TryGetValue(other, out List<int>? list) ? list : users[other] = []).Add(group.Key);
            }
        }

        var ready = new PriorityQueue<int, int>();
        foreach ((int group, int count) in waiting)
        {
            Offer(group, count);
        }

        var order = new List<int[]>(waiting.Count);
        while (ready.TryDequeue(out int group, out _))
        {
            for (int next = group; next >= 0;)
            {
                next = Run(next);
            }
        }

        return order;

        // Runs a step; returns the step that waited only for it and follows at once, or −1.
        int Run(int step)
        {
            int[] made = [.. members[step]];
            List<int> waitingFor = users.GetValueOrDefault(step) ?? [];
            int next = -1;
            check.Before(made.Length + waitingFor.Count);
            order.Add(made);
            foreach (int user in waitingFor)
            {
                waiting[user]--;
                if (next < 0 && waiting[user] == 0 && follows(made, [.. members[user]], waitingFor.Count))
                {
                    next = user;
                }
                else
                {
                    Offer(user, waiting[user]);
                }
            }

            return next;
        }

        void Offer(int group, int count)
        {
            if (count == 0)
            {
                ready.Enqueue(group, members[group].Last());
            }
        }
    }

    private static bool IsStep(Graph graph, int[] roots, int index) => roots[index] == index && !graph.Nodes[index].IsLeaf();

    private static IEnumerable<int> Needed(Graph graph, int[] indices, int[] roots, int[] groups, int member)
    {
        foreach (Node input in graph.Nodes[member].Inputs)
        {
            int source = roots[indices[input.Id]];
            if (IsStep(graph, roots, source))
            {
                yield return groups[source];
            }
        }
    }
}

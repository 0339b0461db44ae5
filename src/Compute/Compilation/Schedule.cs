using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;

namespace Backprop.Compute.Compilation;

/// <summary>The order of steps: nodes, or groups of them, each after what it needs and otherwise as late as its last member stands.</summary>
internal static class Schedule
{
    /// <summary>The members of each step, in the order in which the steps run; leaves and what shows the memory of another value are no steps.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="places">The place of each node by its id.</param>
    /// <param name="roots">For each place that of the value whose memory it shows.</param>
    /// <param name="groups">For each node the first member of its group.</param>
    public static List<int[]> Of(Graph graph, int[] places, int[] roots, int[] groups)
    {
        ILookup<int, int> members = Enumerable.Range(0, groups.Length).Where(place => IsStep(graph, roots, place)).ToLookup(place => groups[place]);
        var waiting = new Dictionary<int, int>();
        var users = new Dictionary<int, List<int>>();
        foreach (IGrouping<int, int> group in members)
        {
            int[] needed = [.. group.SelectMany(member => Needed(graph, places, roots, groups, member)).Where(other => other != group.Key).Distinct()];
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
            order.Add([.. members[group]]);
            foreach (int user in users.GetValueOrDefault(group) ?? [])
            {
                Offer(user, --waiting[user]);
            }
        }

        return order;

        void Offer(int group, int count)
        {
            if (count == 0)
            {
                ready.Enqueue(group, members[group].Last());
            }
        }
    }

    private static bool IsStep(Graph graph, int[] roots, int place) => roots[place] == place && !graph.Nodes[place].IsLeaf();

    private static IEnumerable<int> Needed(Graph graph, int[] places, int[] roots, int[] groups, int member)
    {
        foreach (Node input in graph.Nodes[member].Inputs)
        {
            int source = roots[places[input.Id]];
            if (IsStep(graph, roots, source))
            {
                yield return groups[source];
            }
        }
    }
}

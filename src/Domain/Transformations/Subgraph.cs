using Backprop.Domain.Graphs;

namespace Backprop.Domain.Transformations;

/// <summary>A part of a graph, computed again from other values.</summary>
internal static class Subgraph
{
    /// <summary>The value of <paramref name="output"/> if <paramref name="values"/> replace <paramref name="sources"/>.</summary>
    /// <returns>That value, and the nodes that compute it, operands before users, without those that do not depend on the sources.</returns>
    public static (Node Output, IReadOnlyList<Node> Nodes) Again(GraphBuilder b, Node output, IReadOnlyList<Node> sources, IReadOnlyList<Node> values)
    {
        var versions = new Dictionary<Node, Node>();
        for (int i = 0; i < sources.Count; i++)
        {
            versions[sources[i]] = values[i];
        }

        List<Node> made = [.. versions.Values];
        foreach (Node node in Between(output, versions, b.Cancellation))
        {
            if (Array.Exists(node.Inputs, versions.ContainsKey))
            {
                Node[] inputs = Array.ConvertAll(node.Inputs, input => versions.GetValueOrDefault(input, input));
                versions[node] = b.Make(node.Op, node.Type, inputs, node.Attributes);
                made.Add(versions[node]);
            }
        }

        made.Sort((x, y) => x.Id.CompareTo(y.Id));
        return (versions.GetValueOrDefault(output, output), made);
    }

    // Everything that the output needs, up to the sources: in creation order, which is topological.
    private static IEnumerable<Node> Between(Node output, Dictionary<Node, Node> sources, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>([output]);
        while (pending.TryPop(out Node? node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!sources.ContainsKey(node) && seen.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return seen.OrderBy(node => node.Id);
    }
}

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>A diagram with its ids resolved to indices in the list of nodes, in topological order.</summary>
internal sealed class Wiring
{
    private Wiring(Diagram diagram, int[] from, int[] to, List<int>[] incoming, List<int>[] outgoing, int[] topologicalOrder) =>
        (Diagram, From, To, Incoming, Outgoing, TopologicalOrder) = (diagram, from, to, incoming, outgoing, topologicalOrder);

    public Diagram Diagram { get; }

    /// <summary>The source node of every edge.</summary>
    public int[] From { get; }

    /// <summary>The target node of every edge.</summary>
    public int[] To { get; }

    /// <summary>The edges into every node, by operand.</summary>
    public List<int>[] Incoming { get; }

    /// <summary>The edges out of every node.</summary>
    public List<int>[] Outgoing { get; }

    /// <summary>The nodes, each after all of its operands.</summary>
    public int[] TopologicalOrder { get; }

    /// <summary>Resolves and checks a diagram in linear time.</summary>
    /// <exception cref="DiagramTooLargeException">More than <paramref name="maxNodes"/> nodes, or four times as many edges.</exception>
    /// <exception cref="ArgumentException">An id occurs twice, an edge names an unknown node, or there is a cycle.</exception>
    public static Wiring Of(Diagram diagram, int maxNodes)
    {
        if (diagram.Nodes.Count > maxNodes)
        {
            throw new DiagramTooLargeException("nodes", maxNodes, diagram.Nodes.Count);
        }

        if (diagram.Edges.Count > 4L * maxNodes)
        {
            throw new DiagramTooLargeException("edges", 4L * maxNodes, diagram.Edges.Count);
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in diagram.Nodes)
        {
            if (!places.TryAdd(node.Id, places.Count))
            {
                throw new ArgumentException($"The id '{node.Id}' occurs twice.", nameof(diagram));
            }
        }

        int Place(string id) => places.TryGetValue(id, out var place)
            ? place
            : throw new ArgumentException($"An edge refers to an unknown node '{id}'.", nameof(diagram));
        var from = diagram.Edges.Select(e => Place(e.From)).ToArray();
        var to = diagram.Edges.Select(e => Place(e.To)).ToArray();
        var incoming = Array.ConvertAll(new int[places.Count], _ => new List<int>());
        var outgoing = Array.ConvertAll(new int[places.Count], _ => new List<int>());
        foreach (var edge in Enumerable.Range(0, from.Length).OrderBy(e => diagram.Edges[e].Operand))
        {
            incoming[to[edge]].Add(edge);
            outgoing[from[edge]].Add(edge);
        }

        return new Wiring(diagram, from, to, incoming, outgoing, Sort(to, incoming, outgoing));
    }

    private static int[] Sort(int[] to, List<int>[] incoming, List<int>[] outgoing)
    {
        var waiting = Array.ConvertAll(incoming, edges => edges.Count);
        var order = Enumerable.Range(0, waiting.Length).Where(node => waiting[node] == 0).ToList();
        for (var next = 0; next < order.Count; next++)
        {
            foreach (var edge in outgoing[order[next]])
            {
                if (--waiting[to[edge]] == 0)
                {
                    order.Add(to[edge]);
                }
            }
        }

        return order.Count == waiting.Length ? [.. order] : throw new ArgumentException("The edges form a cycle.");
    }
}

namespace Backprop.Domain.Graphs;

/// <summary>A typed graph: its inputs, its outputs, and all nodes in between in topological order.</summary>
public sealed class Graph
{
    /// <summary>The graph that computes <paramref name="outputs"/> from <paramref name="inputs"/>; nodes that no output needs are left out.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The results.</param>
    /// <param name="cancellationToken">Ends the search for the nodes.</param>
    public Graph(IReadOnlyList<Node> inputs, IReadOnlyList<NamedNode> outputs, CancellationToken cancellationToken = default)
    {
        Inputs = inputs;
        Outputs = outputs;
        Nodes = Reachable(outputs, cancellationToken);
    }

    /// <summary>The inputs in the order in which their values are given, including unused ones.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>The results in the order in which they are returned.</summary>
    public IReadOnlyList<NamedNode> Outputs { get; }

    /// <summary>Every node that an output needs, including inputs and constants, operands before their users.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    private static Node[] Reachable(IReadOnlyList<NamedNode> outputs, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>();
        foreach (NamedNode output in outputs)
        {
            if (seen.Add(output.Node))
            {
                pending.Push(output.Node);
            }
        }

        while (pending.TryPop(out Node? node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Node input in node.Inputs)
            {
                if (seen.Add(input))
                {
                    pending.Push(input);
                }
            }
        }

        Node[] nodes = [.. seen];
        Array.Sort(Array.ConvertAll(nodes, node => node.Id), nodes);
        return nodes;
    }
}

/// <summary>A result of a graph.</summary>
/// <param name="Name">The name under which it is returned.</param>
/// <param name="Node">The node that makes it.</param>
public readonly record struct NamedNode(string Name, Node Node);

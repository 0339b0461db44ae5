using Backprop.Domain.Graphs;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>
/// Gives the backward pass the values of the forward pass: kept ones directly, the others as copies of their nodes, made on first use together with
/// everything between them and the kept values. A copy is made once.
/// </summary>
internal class Recomputation(GraphBuilder b, LayerChain chain)
{
    private readonly HashSet<Node> copies = [];

    /// <summary>The nodes that recompute values.</summary>
    public IReadOnlySet<Node> Copies => copies;

    /// <summary>For values of the forward pass, the nodes that replace them at the moment.</summary>
    protected Dictionary<Node, Node> Versions { get; } = [];

    /// <summary>Makes values available without recomputation.</summary>
    public void Keep(IEnumerable<Node> values)
    {
        foreach (Node value in values)
        {
            Versions[value] = value;
        }
    }

    /// <summary>The node that replaces a value of the forward pass.</summary>
    public Node Version(Node value)
    {
        if (chain.IsFree(value))
        {
            return value;
        }

        if (!Versions.ContainsKey(value))
        {
            Prepare(value);
            Recompute(value);
        }

        return Versions[value];
    }

    /// <summary>Called with a value that has to be recomputed, before that happens.</summary>
    protected virtual void Prepare(Node value)
    {
    }

    /// <summary>A copy of a node whose operands are taken from <paramref name="versions"/>.</summary>
    protected Node Copy(Node node, Dictionary<Node, Node> versions)
    {
        b.Origin = node.Origin;
        Node copy = b.Make(node.Op, node.Type, Array.ConvertAll(node.Inputs, input => chain.IsFree(input) ? input : versions[input]),
            node.Attributes);
        copies.Add(copy);
        return copy;
    }

    private void Recompute(Node value)
    {
        var missing = new HashSet<Node>();
        var pending = new Stack<Node>([value]);
        while (pending.TryPop(out Node? node))
        {
            b.Cancellation.ThrowIfCancellationRequested();
            if (!chain.IsFree(node) && !Versions.ContainsKey(node) && missing.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        foreach (Node node in missing.OrderBy(node => node.Id))
        {
            Versions[node] = Copy(node, Versions);
        }
    }
}

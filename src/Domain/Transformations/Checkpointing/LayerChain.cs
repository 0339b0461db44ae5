using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Operators.Primitives;

namespace Backprop.Domain.Transformations.Checkpointing;

/// <summary>
/// The forward nodes of a gradient graph as a chain of layers: the nodes of one submitted node are a layer, in topological order. The values that are
/// live across the boundary before a layer are everything that the rest of the forward pass needs.
/// </summary>
internal sealed class LayerChain
{
    private readonly Dictionary<Node, int> places = [];
    private readonly List<Node> nodes = [];
    private readonly List<int> layers = [];
    private readonly List<int> lastUses = [];
    private readonly List<int> starts = [];
    private readonly HashSet<Node> results;

    public LayerChain(Graph graph, CancellationToken cancellationToken = default)
    {
        results = [.. graph.Outputs.Select(output => output.Node)];
        int? submitted = null;
        foreach (Node node in graph.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!node.IsLeaf() && node.Origin.Pass == Pass.Forward && node.Inputs.All(input => input.IsLeaf() || places.ContainsKey(input)))
            {
                Add(node, isNew: submitted != node.Origin.Index);
                submitted = node.Origin.Index;
            }
        }

        starts.Add(nodes.Count);
    }

    /// <summary>The number of layers.</summary>
    public int Count => starts.Count - 1;

    /// <summary>Every forward node that computes something.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    public bool Contains(Node node) => places.ContainsKey(node);

    /// <summary>True for values that are in memory anyway: inputs, constants and results.</summary>
    public bool IsFree(Node node) => node.IsLeaf() || results.Contains(node);

    /// <summary>The layer that makes a value.</summary>
    public int LayerOf(Node node) => layers[places[node]];

    /// <summary>The last layer of the forward pass that uses a value; its own if none does.</summary>
    public int LastUse(Node node) => lastUses[places[node]];

    /// <summary>The nodes of the layers from <paramref name="first"/> up to, but not including, <paramref name="end"/>.</summary>
    public IEnumerable<Node> Between(int first, int end) => nodes.Take(starts[first]..starts[end]);

    private void Add(Node node, bool isNew)
    {
        if (isNew)
        {
            starts.Add(nodes.Count);
        }

        int layer = starts.Count - 1;
        places.Add(node, nodes.Count);
        nodes.Add(node);
        layers.Add(layer);
        lastUses.Add(layer);
        foreach (Node input in node.Inputs.Where(places.ContainsKey))
        {
            lastUses[places[input]] = layer;
        }
    }
}

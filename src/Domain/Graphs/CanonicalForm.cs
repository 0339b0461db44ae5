using System.Security.Cryptography;
using Backprop.Domain.Graphs.Binding;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Domain.Graphs;

/// <summary>
/// The single form of all ways to write a graph: nodes in topological order (ties by name), defaults filled in, static operands as attributes,
/// without the constants that were only such operands. Names are kept.
/// </summary>
/// <param name="Definition">The graph in that form.</param>
/// <param name="Json">Its JSON, UTF-8.</param>
/// <param name="Id">The SHA-256 of the JSON in lower-case hexadecimal: the graph's id.</param>
public sealed record CanonicalForm(GraphDefinition Definition, byte[] Json, string Id)
{
    /// <summary>
    /// The definition of which this is the form, with its nodes ordered and normalised: who compiles it need not do so again. Null for a form that
    /// was read.
    /// </summary>
    public TopologicalOrder? Source { get; init; }

    /// <summary>The canonical form of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="maxNodes">The largest <see cref="GraphSize"/>, before and after constants have become attributes.</param>
    /// <param name="cancellationToken">Ends a long walk.</param>
    /// <exception cref="GraphException">The definition is invalid.</exception>
    /// <exception cref="LimitException">It is too large.</exception>
    public static CanonicalForm Of(GraphDefinition definition, long maxNodes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        RequireWithin(maxNodes, GraphSize.Of(definition, cancellationToken));
        (TopologicalOrder source, int[] byName) = TopologicalOrder.WithNameOrder(definition, cancellationToken);
        long size = 0;
        NodeDefinition[] nodes = Array.ConvertAll(byName, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeDefinition node = definition.Nodes[i];
            NormalizedNode form = source.Normalized(i);
            NodeDefinition made = node with { Inputs = form.Inputs, Attributes = form.Attributes };
            RequireWithin(maxNodes, size += GraphSize.Of(made));
            return made;
        });
        var canonical = new GraphDefinition(definition.Inputs, [.. Needed(definition, nodes, cancellationToken)], nodes, definition.Outputs);
        byte[] json = GraphJson.Write(canonical, cancellationToken);
        return new CanonicalForm(canonical, json, Convert.ToHexStringLower(SHA256.HashData(json))) { Source = source };
    }

    private static void RequireWithin(long maxNodes, long size)
    {
        if (size > maxNodes)
        {
            throw new LimitException("Limits:MaxNodes", maxNodes,
                $"at least {size} nodes, counting those of many operands, values or listed numbers as several", "graph.nodes");
        }
    }

    // A constant is dropped if its only uses have become attributes; one that was never used stays because wrt may name it.
    private static IEnumerable<ConstantDefinition> Needed(GraphDefinition definition, NodeDefinition[] nodes, CancellationToken cancellationToken)
    {
        HashSet<string> before = Names(definition.Nodes, cancellationToken);
        HashSet<string> after = Names(nodes, cancellationToken);
        after.UnionWith(definition.Outputs);
        return definition.Constants.Where(constant => after.Contains(constant.Name) || !before.Contains(constant.Name));
    }

    private static HashSet<string> Names(IEnumerable<NodeDefinition> nodes, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeDefinition node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            names.UnionWith(node.References.Select(reference => reference.Value));
            foreach (Operand input in node.Inputs)
            {
                if (input.Name is { } name)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}

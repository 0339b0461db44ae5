using System.Security.Cryptography;

namespace Backprop.Domain.Graphs;

/// <summary>
/// The one form of all ways to write a graph: nodes in topological order (ties by name), defaults filled in, static operands
/// as attributes, constants that were only such operands left out. Names are kept.
/// </summary>
/// <param name="Definition">The graph in that form.</param>
/// <param name="Json">Its JSON, UTF-8.</param>
/// <param name="Id">The SHA-256 of the JSON in lower-case hexadecimal: the graph's id.</param>
public sealed record CanonicalForm(GraphDefinition Definition, byte[] Json, string Id)
{
    /// <summary>The canonical form of a definition.</summary>
    /// <exception cref="GraphException">The definition is not sound.</exception>
    public static CanonicalForm Of(GraphDefinition definition)
    {
        DefinitionOrder order = DefinitionOrder.Of(definition, byName: true);
        Dictionary<string, Literal> constants = definition.Constants.ToDictionary(constant => constant.Name, constant => constant.Value, StringComparer.Ordinal);
        NodeDefinition[] nodes = Array.ConvertAll(order.Order, i =>
        {
            NodeDefinition node = definition.Nodes[i];
            OperatorForm form = OperatorForm.Of(node, i, constants);
            return node with { Inputs = form.Inputs, Attributes = form.Attributes };
        });
        var canonical = new GraphDefinition(definition.Inputs, [.. Needed(definition, nodes)], nodes, definition.Outputs);
        byte[] json = GraphJson.Write(canonical);
        return new CanonicalForm(canonical, json, Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    // A constant goes where its only uses have become attributes; one that nobody ever used stays, for wrt may name it.
    private static IEnumerable<ConstantDefinition> Needed(GraphDefinition definition, NodeDefinition[] nodes)
    {
        HashSet<string> before = Names(definition.Nodes);
        HashSet<string> after = Names(nodes);
        after.UnionWith(definition.Outputs);
        return definition.Constants.Where(constant => after.Contains(constant.Name) || !before.Contains(constant.Name));
    }

    private static HashSet<string> Names(IEnumerable<NodeDefinition> nodes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeDefinition node in nodes)
        {
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

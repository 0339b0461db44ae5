namespace Backprop.Domain.Graphs;

/// <summary>
/// What counts towards the limit on the nodes of a graph. A node of many operands counts as the equivalent nodes of two operands, one of several
/// values once for each, and one with long lists in its attributes as the number of nodes that may have lists of that length.
/// </summary>
public static class GraphSize
{
    // Axes, extents, borders: more numbers than a node usually has.
    private const int ListedPerNode = 16;

    /// <summary>The size of a node.</summary>
    /// <param name="operands">Its operands.</param>
    /// <param name="values">The values that it makes.</param>
    /// <param name="listed">The numbers and texts in its attributes.</param>
    public static long Of(long operands, long values = 1, long listed = 0) =>
        Math.Max(Math.Max(operands - 1, values), Math.Max(listed / ListedPerNode, 1));

    /// <summary>The size of a node of a definition.</summary>
    public static long Of(NodeDefinition node)
    {
        long listed = 0;
        foreach (AttributeValue value in node.Attributes.Values)
        {
            listed += value.Numbers?.Value.Count ?? value.Texts!.Count;
        }

        return Of(node.Inputs.Count, node.Outputs.Count, listed);
    }

    /// <summary>The size of a definition: that of its nodes, or the number of its inputs, constants and outputs if that is larger.</summary>
    public static long Of(GraphDefinition definition, CancellationToken cancellationToken = default)
    {
        long size = 0;
        foreach (NodeDefinition node in definition.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            size += Of(node);
        }

        return Math.Max(size, (long)definition.Inputs.Count + definition.Constants.Count + definition.Outputs.Count);
    }
}

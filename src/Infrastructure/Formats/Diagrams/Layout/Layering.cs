namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// Step 1 of a layered drawing: the column of each node. The longest path from the left, then nodes that can move further right move next to their
/// users if that shortens the edges.
/// </summary>
internal static class Layering
{
    /// <summary>Up to this many inputs are all placed in the first column.</summary>
    private const int FirstColumn = 6;

    /// <summary>The column of every node, from 0; every edge runs from a column to a later one.</summary>
    public static int[] Assign(Wiring wiring)
    {
        var nodes = wiring.Diagram.Nodes;
        var columns = new int[nodes.Count];
        foreach (var node in wiring.TopologicalOrder)
        {
            foreach (var edge in wiring.Incoming[node])
            {
                columns[node] = Math.Max(columns[node], columns[wiring.From[edge]] + 1);
            }
        }

        var last = columns.DefaultIfEmpty().Max();
        var inputsStay = nodes.Count(n => n.Kind == DiagramNodeKind.Input) <= FirstColumn;
        foreach (var node in wiring.TopologicalOrder.Reverse())
        {
            var uses = wiring.Outgoing[node];
            var kind = nodes[node].Kind;
            if (uses.Count == 0 && kind == DiagramNodeKind.Output)
            {
                columns[node] = last;
            }

            if (uses.Count <= wiring.Incoming[node].Count || (kind == DiagramNodeKind.Input && inputsStay))
            {
                continue;
            }

            columns[node] = uses.Min(edge => columns[wiring.To[edge]]) - 1;
        }

        return columns;
    }
}

namespace Backprop.Infrastructure.Formats.Diagrams.Layout;

/// <summary>
/// A layered drawing from left to right (Sugiyama): columns, order, heights, widths, curves. Boxes and labels never overlap, since each has its own
/// space in its column, and edges bend only in the gaps between columns. In another direction, the axes are swapped afterwards.
/// </summary>
internal sealed class LayeredLayout
{
    private LayeredLayout(LayeredGraph graph) => Graph = graph;

    public LayeredGraph Graph { get; }

    /// <summary>The left and right side of every column.</summary>
    public (double Left, double Right)[] Columns { get; private set; } = [];

    public double Width => Columns.Length == 0 ? 0 : Columns[^1].Right;

    public double Height { get; private init; }

    /// <summary>Places everything; the top left corner of the drawing is (0, 0).</summary>
    /// <param name="wiring">The graph.</param>
    /// <param name="boxes">The size of every node's box.</param>
    /// <param name="labels">The size of every edge's label; empty if it has none.</param>
    /// <param name="spacing">The distances.</param>
    /// <param name="maxSegments">The maximum number of columns that the edges may cross together.</param>
    public static LayeredLayout Arrange(Wiring wiring, Size[] boxes, Size[] labels, Spacing spacing, long maxSegments)
    {
        var graph = LayeredGraph.Build(wiring, Layering.Assign(wiring), boxes, labels, maxSegments);
        Ordering.Apply(graph);
        VerticalPlacement.Apply(graph, spacing.WithinColumn);
        var layout = new LayeredLayout(graph)
        {
            Height = graph.Layers.SelectMany(layer => layer).Select(vertex => vertex.Bottom).DefaultIfEmpty().Max(),
        };
        layout.PlaceColumns(spacing);
        return layout;
    }

    /// <summary>The steeper the edges between two columns, the wider the gap.</summary>
    private void PlaceColumns(Spacing spacing)
    {
        Columns = new (double, double)[Graph.Layers.Length];
        var x = 0.0;
        for (var i = 0; i < Columns.Length; i++)
        {
            var layer = Graph.Layers[i];
            var width = layer.Max(vertex => vertex.Width);
            if (i > 0)
            {
                var steepest = layer.SelectMany(v => v.Left, (v, l) => Math.Abs(v.Y - l.Y)).DefaultIfEmpty().Max();
                x += Math.Clamp(steepest / 3, spacing.LeastBetweenColumns, spacing.MostBetweenColumns);
            }

            foreach (var vertex in layer)
            {
                vertex.X = x + ((width - vertex.Width) / 2);
            }

            Columns[i] = (x, x + width);
            x += width;
        }
    }
}

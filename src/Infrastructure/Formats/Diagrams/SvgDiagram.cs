using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using Backprop.Infrastructure.Formats.Diagrams.Rendering;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>
/// Draws a computation graph as SVG: values run along solid lines from the inputs at the left to the output at the right, gradients back along dashed
/// ones. The picture is self-contained and follows the reader's light or dark colour scheme.
/// </summary>
public static class SvgDiagram
{
    /// <summary>The default maximum number of nodes.</summary>
    public const int DefaultMaxNodes = 500;

    private const double Margin = 28;

    /// <summary>Draws a graph.</summary>
    /// <param name="diagram">The diagram.</param>
    /// <param name="outputName">The name of the differentiated value: <c>L</c> in ∂L/∂a; null if it has none.</param>
    /// <param name="maxNodes">The maximum number of nodes; edges may be four times as many, and cross 600 times as many columns in total.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="DiagramTooLargeException">The graph exceeds these limits.</exception>
    /// <exception cref="ArgumentException">An id occurs twice, an edge names an unknown node, or there is a cycle.</exception>
    public static string Render(Diagram diagram, string? outputName, int maxNodes = DefaultMaxNodes)
    {
        var wiring = Wiring.Of(diagram, maxNodes);
        var boxes = Enumerable.Range(0, diagram.Nodes.Count).Select(node => new NodeBox(wiring, node, outputName)).ToArray();
        var labels = Enumerable.Range(0, diagram.Edges.Count).Select(edge => new EdgeLabel(wiring, edge)).ToArray();
        var layout = LayeredLayout.Arrange(
            wiring,
            Array.ConvertAll(boxes, box => box.Size),
            Array.ConvertAll(labels, label => label.Size),
            600L * maxNodes);

        var picture = new XElement(
            Namespace + "g",
            new XAttribute("transform", $"translate({Number(Margin)} {Number(Margin)})"),
            DrawEdges(layout, labels),
            DrawLabels(layout, labels),
            boxes.Select((box, node) => box.Draw(layout.Graph.Boxes[node].X, layout.Graph.Boxes[node].Top)));
        var width = Math.Max(layout.Width, Legend.Width) + (2 * Margin);
        var height = layout.Height + Legend.Height + (2.5 * Margin);
        return Document(width, height, Describe(diagram, outputName), picture).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement DrawEdges(LayeredLayout layout, EdgeLabel[] labels)
    {
        var routing = new Routing(layout);
        var edges = labels.Select((label, edge) => Group(
            "bp-edge",
            Title(label.Tooltip),
            layout.Graph.Paths[edge][0].IsBox ? null : Circle("bp-forward-tip", routing.Fork(edge), 3),
            Arrow.Forward(routing.Forward(edge)),
            label.IsEmpty ? null : Arrow.Backward(routing.Backward(edge))));
        return Group("bp-edges", edges);
    }

    /// <summary>Drawn after all edges, so that no line crosses a text.</summary>
    private static XElement DrawLabels(LayeredLayout layout, EdgeLabel[] labels)
    {
        var group = Group("bp-labels");
        for (var edge = 0; edge < labels.Length; edge++)
        {
            var place = layout.Graph.Paths[edge][^2];
            if (!labels[edge].IsEmpty)
            {
                group.Add(labels[edge].Draw(place.X, place.Bottom - labels[edge].Size.Height));
            }
        }

        return group;
    }

    private static XElement Document(double width, double height, (string Title, string Text) description, XElement picture) => new(
        Namespace + "svg",
        new XAttribute("class", "bp"),
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", "bp-title bp-description"),
        new XElement(Namespace + "title", new XAttribute("id", "bp-title"), Clean(description.Title)),
        new XElement(Namespace + "desc", new XAttribute("id", "bp-description"), Clean(description.Text)),
        new XElement(Namespace + "style", Theme.Style),
        Arrow.Definitions(),
        Rectangle("bp-background", 0.5, 0.5, width - 1, height - 1, 12),
        picture,
        Legend.Draw(Margin, height - Margin - Legend.Height + 6));

    private static (string Title, string Text) Describe(Diagram diagram, string? outputName)
    {
        var title = outputName is null ? "Computation graph" : $"Computation graph of {outputName}";
        return (title, $"{diagram.Nodes.Count} nodes and {diagram.Edges.Count} edges. Values run from left to right, gradients from right to left.");
    }
}

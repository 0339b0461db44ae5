using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams.Layout;
using Backprop.Infrastructure.Formats.Diagrams.Rendering;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams;

/// <summary>
/// Draws a computation graph as SVG: values run along solid lines from the inputs to the output, gradients back along dashed ones. The picture is
/// self-contained and follows the reader's light or dark colour scheme.
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
    /// <param name="layout">The arrangement.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="DiagramTooLargeException">The graph exceeds these limits.</exception>
    /// <exception cref="ArgumentException">An id occurs twice, an edge names an unknown node, or there is a cycle.</exception>
    public static string Render(
        Diagram diagram, string? outputName, int maxNodes = DefaultMaxNodes, DiagramArrangement layout = DiagramArrangement.LeftToRight)
    {
        var wiring = Wiring.Of(diagram, maxNodes);
        var style = BoxStyle.Of(layout);
        var axes = new Axes(layout != DiagramArrangement.LeftToRight);
        var boxes = Enumerable.Range(0, diagram.Nodes.Count).Select(node => new NodeBox(wiring, node, outputName, style, axes)).ToArray();
        var labels = Enumerable.Range(0, diagram.Edges.Count).Select(edge => new EdgeLabel(wiring, edge, style.HasLabels)).ToArray();
        var drawing = LayeredLayout.Arrange(
            wiring,
            Array.ConvertAll(boxes, box => axes.Size(box.Size)),
            Array.ConvertAll(labels, label => axes.Size(label.Size)),
            style.Spacing,
            600L * maxNodes);

        var picture = new XElement(
            Namespace + "g",
            new XAttribute("transform", $"translate({Number(Margin)} {Number(Margin)})"),
            DrawEdges(drawing, axes, labels),
            DrawLabels(drawing, axes, labels),
            boxes.Select((box, node) => box.Draw(axes.Point(drawing.Graph.Boxes[node].X, drawing.Graph.Boxes[node].Top))));
        var size = axes.Size(new Size(drawing.Width, drawing.Height));
        var width = Math.Max(size.Width, Legend.Width);
        var legend = new Legend(diagram, width);
        return Document(new Size(width + (2 * Margin), size.Height + legend.Height + (2.5 * Margin)), Describe(diagram, outputName), picture, legend)
            .ToString(SaveOptions.DisableFormatting);
    }

    private static XElement DrawEdges(LayeredLayout layout, Axes axes, EdgeLabel[] labels)
    {
        var routing = new Routing(layout, axes);
        var edges = labels.Select((label, edge) => Group(
            "bp-edge",
            Title(label.Tooltip),
            layout.Graph.Paths[edge][0].IsBox ? null : Circle("bp-forward-tip", routing.Fork(edge), 3),
            Arrow.Forward(routing.Forward(edge)),
            label.HasGradient ? Arrow.Backward(routing.Backward(edge)) : null));
        return Group("bp-edges", edges);
    }

    /// <summary>Drawn after all edges, so that no line crosses a text.</summary>
    private static XElement DrawLabels(LayeredLayout layout, Axes axes, EdgeLabel[] labels)
    {
        var group = Group("bp-labels");
        for (var edge = 0; edge < labels.Length; edge++)
        {
            var place = layout.Graph.Paths[edge][^2];
            if (!labels[edge].IsEmpty)
            {
                group.Add(labels[edge].Draw(axes.Point(place.X, place.Bottom - axes.Size(labels[edge].Size).Height)));
            }
        }

        return group;
    }

    private static XElement Document(Size size, (string Title, string Text) description, XElement picture, Legend legend) => new(
        Namespace + "svg",
        new XAttribute("class", "bp"),
        new XAttribute("viewBox", $"0 0 {Number(size.Width)} {Number(size.Height)}"),
        new XAttribute("width", Number(size.Width)),
        new XAttribute("height", Number(size.Height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", "bp-title bp-description"),
        new XElement(Namespace + "title", new XAttribute("id", "bp-title"), Clean(description.Title)),
        new XElement(Namespace + "desc", new XAttribute("id", "bp-description"), Clean(description.Text)),
        new XElement(Namespace + "style", Theme.Style),
        Arrow.Definitions(),
        Rectangle("bp-background", 0.5, 0.5, size.Width - 1, size.Height - 1, 12),
        picture,
        legend.Draw(Margin, size.Height - Margin - legend.Height + 6));

    private static (string Title, string Text) Describe(Diagram diagram, string? outputName)
    {
        var title = outputName is null ? "Computation graph" : $"Computation graph of {outputName}";
        var size = $"{diagram.Nodes.Count} nodes and {diagram.Edges.Count} edges";
        return (title, $"{size}. Values run along solid lines, gradients back along dashed ones.");
    }
}

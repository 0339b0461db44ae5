using System.Xml.Linq;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>The SVG elements used in the pictures. Texts are cleaned here and nowhere else.</summary>
internal static class SvgElements
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Group(string style, params object?[] content) => new(Namespace + "g", new XAttribute("class", style), content);

    public static XElement Title(string text) => new(Namespace + "title", Clean(text));

    public static XElement Rectangle(string style, double x, double y, double width, double height, double radius) => new(
        Namespace + "rect",
        new XAttribute("class", style),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("rx", Number(radius)));

    public static XElement Circle(string style, (double X, double Y) centre, double radius) => new(
        Namespace + "circle",
        new XAttribute("class", style),
        new XAttribute("cx", Number(centre.X)),
        new XAttribute("cy", Number(centre.Y)),
        new XAttribute("r", Number(radius)));

    public static XElement Path(string style, string data) => new(Namespace + "path", new XAttribute("class", style), new XAttribute("d", data));

    /// <summary>One line of text; <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public static XElement Text(string style, double x, double baseline, string anchor, Font font, string text) => new(
        Namespace + "text",
        new XAttribute("class", style),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(baseline)),
        new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", Number(font.Size)),
        font.Bold ? new XAttribute("font-weight", "bold") : null,
        Clean(text));
}

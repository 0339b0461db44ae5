using System.Xml.Linq;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Diagrams.Rendering;

/// <summary>
/// The two kinds of lines. Both are written from operand to user; the backward one has its tip at the start, so that the dashes of gradients that
/// share a trunk coincide.
/// </summary>
internal static class Arrow
{
    public static XElement Forward(string data)
    {
        var path = Path("bp-forward", data);
        path.Add(new XAttribute("marker-end", "url(#bp-forward-tip)"));
        return path;
    }

    public static XElement Backward(string data)
    {
        var path = Path("bp-backward", data);
        path.Add(new XAttribute("marker-start", "url(#bp-backward-tip)"));
        return path;
    }

    /// <summary>The arrowheads that the lines refer to.</summary>
    public static XElement Definitions() => new(
        Namespace + "defs",
        Tip("bp-forward-tip", "8", "M0 0L8 4L0 8Z"),
        Tip("bp-backward-tip", "0", "M8 0L0 4L8 8Z"));

    private static XElement Tip(string name, string point, string shape) => new(
        Namespace + "marker",
        new XAttribute("id", name),
        new XAttribute("viewBox", "0 0 8 8"),
        new XAttribute("refX", point),
        new XAttribute("refY", "4"),
        new XAttribute("markerWidth", "8"),
        new XAttribute("markerHeight", "8"),
        new XAttribute("markerUnits", "userSpaceOnUse"),
        new XAttribute("orient", "auto"),
        Path(name, shape));
}

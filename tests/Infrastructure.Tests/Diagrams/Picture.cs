using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams;

namespace Backprop.Infrastructure.Tests.Diagrams;

/// <summary>An area of a picture.</summary>
public readonly record struct Area(double X, double Y, double Width, double Height)
{
    /// <summary>Whether two areas overlap by more than the rounding of their coordinates.</summary>
    public bool Overlaps(Area other) =>
        X + Width > other.X + 0.2 && other.X + other.Width > X + 0.2 && Y + Height > other.Y + 0.2 && other.Y + other.Height > Y + 0.2;

    /// <summary>Whether a point lies inside, and not just on the border.</summary>
    public bool Holds((double X, double Y) point) => Overlaps(new Area(point.X, point.Y, 0, 0));
}

/// <summary>A parsed SVG picture.</summary>
internal sealed partial class Picture(string svg)
{
    public XElement Root { get; } = XDocument.Parse(svg).Root!;

    public IReadOnlyList<Area> Boxes => [.. WithClass("bp-box").Select(AreaOf)];

    /// <summary>The boxes and chips with the texts that are drawn in them.</summary>
    public IEnumerable<(Area Area, XElement[] Texts)> Framed => WithClass("bp-node").Concat(WithClass("bp-label"))
        .Select(group => (AreaOf(group.Elements().First(e => e.Name.LocalName == "rect")),
            group.Elements().Where(e => e.Name.LocalName == "text").ToArray()));

    public (double Width, double Height) Size =>
        (double.Parse(Root.Attribute("width")!.Value, CultureInfo.InvariantCulture), double.Parse(Root.Attribute("height")!.Value, CultureInfo.InvariantCulture));

    public IReadOnlyList<Area> Labels => [.. WithClass("bp-chip").Select(AreaOf)];

    /// <summary>The solid or the dashed lines of all edges, as closely spaced points.</summary>
    public (double X, double Y)[][] Lines(string style) =>
    [
        .. WithClass("bp-edge")
            .SelectMany(edge => edge.Elements())
            .Where(line => line.Attribute("class")?.Value == style)
            .Select(line => Trace(line.Attribute("d")!.Value)),
    ];

    public IEnumerable<string> Texts => Root.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value);

    public IEnumerable<XElement> WithClass(string name) =>
        Root.Descendants().Where(e => e.Attribute("class")?.Value.Split(' ').Contains(name) == true);

    private static Area AreaOf(XElement rectangle)
    {
        double Number(string name) => double.Parse(rectangle.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return new Area(Number("x"), Number("y"), Number("width"), Number("height"));
    }

    /// <summary>Follows a path of the commands M, H, V and C, all absolute.</summary>
    private static (double X, double Y)[] Trace(string data)
    {
        var points = new List<(double X, double Y)>();
        foreach (Match command in Command().Matches(data))
        {
            var n = Array.ConvertAll(command.Groups[2].Value.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
            var start = points.Count == 0 ? default : points[^1];
            switch (command.Groups[1].Value)
            {
                case "M": points.Add((n[0], n[1])); break;
                case "H": points.AddRange(Enumerable.Range(1, 20).Select(i => (start.X + ((n[0] - start.X) * i / 20), start.Y))); break;
                case "V": points.AddRange(Enumerable.Range(1, 20).Select(i => (start.X, start.Y + ((n[0] - start.Y) * i / 20)))); break;
                default: points.AddRange(Enumerable.Range(1, 20).Select(i => Bezier(start, n, i / 20.0))); break;
            }
        }

        return [.. points];
    }

    /// <summary>The area that a text takes at most.</summary>
    public static Area AreaOfText(XElement text)
    {
        double Number(string name) => double.Parse(text.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        var font = new Font(Number("font-size"), text.Attribute("font-weight") is not null);
        var width = TextMeasure.Width(text.Value, font);
        var start = text.Attribute("text-anchor")!.Value == "middle" ? Number("x") - (width / 2) : Number("x");
        return new Area(start, Number("y") - (0.76 * font.Size), width, font.Size);
    }

    private static (double X, double Y) Bezier((double X, double Y) start, double[] n, double t)
    {
        double At(double a, double b, double c, double d) =>
            ((1 - t) * (1 - t) * (1 - t) * a) + (3 * (1 - t) * (1 - t) * t * b) + (3 * (1 - t) * t * t * c) + (t * t * t * d);
        return (At(start.X, n[0], n[2], n[4]), At(start.Y, n[1], n[3], n[5]));
    }

    [GeneratedRegex("([MHVC])([^MHVC]*)")]
    private static partial Regex Command();
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

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
public sealed partial class Picture(string svg)
{
    public XElement Root { get; } = XDocument.Parse(svg).Root!;

    public IReadOnlyList<Area> Boxes => [.. WithClass("bp-box").Select(AreaOf)];

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

    /// <summary>Follows a path of the commands M, H and C, all absolute.</summary>
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
                default: points.AddRange(Enumerable.Range(1, 20).Select(i => Bezier(start, n, i / 20.0))); break;
            }
        }

        return [.. points];
    }

    private static (double X, double Y) Bezier((double X, double Y) start, double[] n, double t)
    {
        double At(double a, double b, double c, double d) =>
            ((1 - t) * (1 - t) * (1 - t) * a) + (3 * (1 - t) * (1 - t) * t * b) + (3 * (1 - t) * t * t * c) + (t * t * t * d);
        return (At(start.X, n[0], n[2], n[4]), At(start.Y, n[1], n[3], n[5]));
    }

    [GeneratedRegex("([MHC])([^MHC]*)")]
    private static partial Regex Command();
}

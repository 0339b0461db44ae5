using System.Globalization;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>
/// Plots memory against time as SVG: the front as a staircase (between two of its points, the left one is the best available), and the named points
/// on it and above it. The picture is self-contained and follows the reader's light or dark colour scheme.
/// </summary>
public sealed class FrontPlotSvg
{
    private const double Width = 820;
    private const double Height = 500;
    private const double Left = 84;
    private const double Top = 84;
    private const double Right = Width - 36;
    private const double Bottom = Height - 66;

    private readonly FrontPlot plot;
    private readonly (string Name, double Size) unit;
    private readonly PlotAxis memory;
    private readonly PlotAxis time;
    private readonly PlotPoint[] shown;

    private FrontPlotSvg(FrontPlot plot)
    {
        this.plot = plot;
        unit = Unit(plot);
        double highest = plot.Marks.Max(mark => mark.Overhead);
        shown = [.. plot.Front.Where(point => point.Overhead <= highest).OrderBy(point => point.Memory)];
        memory = new PlotAxis(Left, Right, plot.Marks.Concat(shown).Max(point => point.Memory) / unit.Size, 8);
        time = new PlotAxis(Bottom, Top, 100 * highest, 6);
    }

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The plot; it has at least one mark, and shows the part of the front that takes no longer than the slowest mark.</param>
    /// <returns>An SVG document.</returns>
    public static string Render(FrontPlot plot) => new FrontPlotSvg(plot).Draw().ToString(SaveOptions.DisableFormatting);

    private static (string Name, double Size) Unit(FrontPlot plot)
    {
        if (!plot.IsBytes)
        {
            return ("activations", 1);
        }

        string[] names = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double largest = plot.Marks.Max(mark => mark.Memory);
        int power = (int)Math.Clamp(Math.Floor(Math.Log2(Math.Max(1, largest)) / 10), 0, names.Length - 1);
        return (names[power], Math.Pow(1024, power));
    }

    private XElement Draw() => new(
        Namespace + "svg",
        new XAttribute("class", "bp"),
        new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(Height)}"),
        new XAttribute("width", Number(Width)),
        new XAttribute("height", Number(Height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", "bp-title bp-description"),
        new XElement(Namespace + "title", new XAttribute("id", "bp-title"), Clean(plot.Title)),
        new XElement(Namespace + "desc", new XAttribute("id", "bp-description"), Clean(string.Join("; ", plot.Marks.Select(Description)))),
        new XElement(Namespace + "style", PlotTheme.Style),
        Rectangle("bp-background", 0.5, 0.5, Width - 1, Height - 1, 12),
        Text("bp-name", Left, 34, "start", PlotTheme.Title, Shorten(plot.Title, Right - Left, PlotTheme.Title)),
        Legend(),
        Axes(),
        Front(),
        Marks());

    private static XElement Legend() => Group(
        "bp-legend",
        Path("bp-front", $"M{Number(Left)} 58h22"),
        Text("bp-muted", Left + 30, 62, "start", PlotTheme.Tick, "least memory for its time"),
        Circle("bp-mark", (Left + 196, 58), 5.5),
        Text("bp-muted", Left + 207, 62, "start", PlotTheme.Tick, "strategy on this line"),
        Circle("bp-above", (Left + 342, 58), 4.5),
        Text("bp-muted", Left + 353, 62, "start", PlotTheme.Tick, "strategy above it"));

    private XElement Axes()
    {
        XElement axes = Group("bp-axes");
        foreach ((double x, string text) in memory.Ticks())
        {
            axes.Add(Path("bp-grid", $"M{Number(x)} {Number(Bottom)}V{Number(Top)}"),
                Text("bp-muted", x, Bottom + 18, "middle", PlotTheme.Tick, text));
        }

        foreach ((double y, string text) in time.Ticks())
        {
            axes.Add(Path("bp-grid", $"M{Number(Left)} {Number(y)}H{Number(Right)}"),
                Text("bp-muted", Left - 8, y + 4, "end", PlotTheme.Tick, text + " %"));
        }

        XElement upright = Text("bp-axis-name", 0, 0, "middle", PlotTheme.Axis, "additional time, relative to one forward and backward pass");
        upright.SetAttributeValue("transform", $"translate(22 {Number((Top + Bottom) / 2)}) rotate(-90)");
        axes.Add(
            Path("bp-axis", $"M{Number(Left)} {Number(Top)}V{Number(Bottom)}H{Number(Right)}"),
            Text("bp-axis-name", (Left + Right) / 2, Height - 22, "middle", PlotTheme.Axis, plot.IsBytes ? $"peak memory, {unit.Name}"
                : "peak activations in memory"),
            upright);
        return axes;
    }

    private XElement Front()
    {
        XElement front = Group("bp-staircase");
        string path = string.Empty;
        foreach (PlotPoint point in shown)
        {
            (double x, double y) = At(point);
            path += path.Length == 0 ? $"M{Number(x)} {Number(y)}" : $"H{Number(x)}V{Number(y)}";
            front.Add(Tipped(Circle("bp-point", (x, y), 2.5), point));
        }

        if (path.Length > 0)
        {
            front.AddFirst(Path("bp-front", path + $"H{Number(Right)}"));
        }

        return front;
    }

    private XElement Marks()
    {
        var placement = new LabelPlacement((Left + 2, Top - 14, Width - 8, Bottom - 2), PlotTheme.Label);
        foreach (PlotPoint point in shown.Concat(plot.Marks))
        {
            placement.Avoid(At(point), 3);
        }

        XElement marks = Group("bp-marks");
        foreach (var group in plot.Marks.GroupBy(mark => (mark.Memory, mark.Overhead)))
        {
            PlotPoint mark = group.First() with { Label = string.Join(" = ", group.Select(same => same.Label)) };
            (double x, double y) = At(mark);
            bool isOnFront = shown.Any(point => (point.Memory, point.Overhead) == group.Key);
            string label = Shorten(mark.Label, 420, PlotTheme.Label);
            (double left, double line) = placement.Place((x, y), label);
            double near = Math.Clamp(x, left, left + TextMeasure.Width(label, PlotTheme.Label));
            bool isFar = Math.Abs(near - x) + Math.Abs(line - 5 - y) > 26;
            marks.Add(
                isFar ? Path("bp-leader", $"M{Number(x)} {Number(y)}L{Number(near)} {Number(line + (line < y ? 3 : -11))}") : null,
                Tipped(Circle(isOnFront ? "bp-mark" : "bp-above", (x, y), isOnFront ? 5.5 : 4.5), mark),
                Text("bp-label", left, line, "start", PlotTheme.Label, label));
        }

        return marks;
    }

    private XElement Tipped(XElement shape, PlotPoint point)
    {
        shape.Add(Title(Description(point)));
        return shape;
    }

    private string Description(PlotPoint point) => string.Create(
        CultureInfo.InvariantCulture, $"{point.Label}: {point.Memory / unit.Size:#,0.###} {unit.Name}, {100 * point.Overhead:#,0.##} % more time");

    private (double X, double Y) At(PlotPoint point) => (memory.At(point.Memory / unit.Size), time.At(100 * point.Overhead));
}

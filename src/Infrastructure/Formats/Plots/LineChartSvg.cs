using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Diagrams;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>One chart: title, legend, axes, curves. A cross marks where a curve ends because its numbers do.</summary>
internal sealed class LineChartSvg
{
    private const double FieldHeight = 270;
    private const double AxisHeight = 62;
    private const double TitleHeight = 24;
    private const double LegendHeight = 20;
    private const int MostDots = 64;
    private const int EndStyle = -1;
    private const string EndText = "NaN or infinity from here on";

    private readonly LineChart chart;
    private readonly double left;
    private readonly double right;
    private readonly double top;
    private readonly (string Name, int Style, double X, int Row)[] legend;
    private readonly double fieldTop;
    private readonly LineScale x;
    private readonly LineScale y;

    public LineChartSvg(LineChart chart, (double Left, double Right) field, double top)
    {
        (this.chart, left, right, this.top) = (chart, field.Left, field.Right, top);
        legend = [.. Legend()];
        fieldTop = top + TitleHeight + (LegendHeight * (1 + legend.Select(entry => entry.Row).DefaultIfEmpty().Max())) + 14;
        x = new LineScale(left, right, chart.X.IsLogarithmic, chart.Lines.SelectMany(line => line.X), 8);
        y = new LineScale(Bottom, fieldTop, chart.Y.IsLogarithmic, chart.Lines.SelectMany(line => line.Y), 6);
    }

    private double Bottom => fieldTop + FieldHeight;

    /// <summary>The chart and its height.</summary>
    public (XElement Drawn, double Height) Draw()
    {
        XElement drawn = Group(
            "bp-chart",
            Text("bp-name", left, top + 16, "start", PlotTheme.Label with { Bold = true },
                Shorten(chart.Title, right - left, PlotTheme.Label with { Bold = true })),
            legend.SelectMany(Entry), Axes(), chart.Marks.Where(mark => x.Has(mark.At)).Select(Mark));
        foreach ((int number, Line line) in chart.Lines.Index())
        {
            drawn.Add(Curve(line, number % PlotTheme.Lines));
        }

        return (drawn, Bottom + AxisHeight - top);
    }

    private IEnumerable<(string, int, double, int)> Legend()
    {
        (double at, int row) = (left, 0);
        foreach ((int number, Line line) in chart.Lines.Index())
        {
            string name = Shorten(line.Name, right - left - 40, PlotTheme.Tick);
            double width = 30 + TextMeasure.Width(name, PlotTheme.Tick) + 18;
            if (at > left && at + width > right + 18)
            {
                (at, row) = (left, row + 1);
            }

            yield return (name, number % PlotTheme.Lines, at, row);
            at += width;
        }

        if (chart.Lines.Any(line => line.Y.Zip(line.Y.Skip(1)).Any(pair => double.IsFinite(pair.First) && !double.IsFinite(pair.Second))))
        {
            bool fits = at + 30 + TextMeasure.Width(EndText, PlotTheme.Tick) <= right;
            yield return (EndText, EndStyle, fits ? at : left, fits ? row : row + 1);
        }
    }

    private IEnumerable<XElement> Entry((string Name, int Style, double X, int Row) entry)
    {
        double line = top + TitleHeight + (LegendHeight * entry.Row) + 10;
        yield return entry.Style == EndStyle
            ? End((entry.X + 12, line - 4), PlotTheme.Lines - 1)
            : Path($"bp-line bp-line-{entry.Style}", $"M{Number(entry.X)} {Number(line - 4)}h24");
        yield return Text("bp-muted", entry.X + 30, line, "start", PlotTheme.Tick, entry.Name);
    }

    private XElement Axes()
    {
        XElement axes = Group("bp-axes");
        foreach ((double place, string text) in x.Ticks())
        {
            axes.Add(Path("bp-grid", $"M{Number(place)} {Number(Bottom)}V{Number(fieldTop)}"),
                Text("bp-muted", place, Bottom + 16, "middle", PlotTheme.Tick, text));
        }

        foreach ((double place, string text) in y.Ticks())
        {
            axes.Add(Path("bp-grid", $"M{Number(left)} {Number(place)}H{Number(right)}"),
                Text("bp-muted", left - 8, place + 4, "end", PlotTheme.Tick, text));
        }

        XElement upright = Text("bp-axis-name", 0, 0, "middle", PlotTheme.Axis, Shorten(chart.Y.Label, FieldHeight, PlotTheme.Axis));
        upright.SetAttributeValue("transform", $"translate(22 {Number((fieldTop + Bottom) / 2)}) rotate(-90)");
        axes.Add(
            Path("bp-axis", $"M{Number(left)} {Number(fieldTop)}V{Number(Bottom)}H{Number(right)}"),
            Text("bp-axis-name", (left + right) / 2, Bottom + 36, "middle", PlotTheme.Axis, Shorten(chart.X.Label, right - left, PlotTheme.Axis)),
            upright);
        return axes;
    }

    private XElement? Mark(LineMark mark)
    {
        double place = x.At(mark.At);
        return place < left || place > right ? null : Group(
            "bp-marks",
            Path("bp-place", $"M{Number(place)} {Number(Bottom)}V{Number(fieldTop)}"),
            Text("bp-muted", place, fieldTop - 4, "middle", PlotTheme.Tick, mark.Label));
    }

    private XElement Curve(Line line, int style)
    {
        XElement curve = Group("bp-curve");
        var path = new StringBuilder();
        (double X, double Y)? before = null;
        bool hasDots = line.X.Count <= MostDots;
        foreach ((double horizontal, double vertical) in line.X.Zip(line.Y))
        {
            if (!x.Has(horizontal) || !y.Has(vertical))
            {
                // Zero has no place on a logarithmic axis, but is a number.
                if (before is { } last && !double.IsFinite(vertical))
                {
                    string end = vertical.ToString(CultureInfo.InvariantCulture);
                    curve.Add(Tipped(End(last, style), $"{line.Name}: {end} from {Value(horizontal)} on"));
                }

                before = null;
                continue;
            }

            (double X, double Y) point = (x.At(horizontal), y.At(vertical));
            path.Append(before is null ? 'M' : 'L').Append(Number(point.X)).Append(' ').Append(Number(point.Y));
            if (hasDots)
            {
                curve.Add(Tipped(Circle($"bp-dot bp-line-{style}", point, 2.5), $"{line.Name}: {Value(vertical)} at {Value(horizontal)}"));
            }

            before = point;
        }

        if (path.Length > 0)
        {
            XElement drawn = Path($"bp-line bp-line-{style}", path.ToString());
            curve.AddFirst(hasDots ? drawn : Tipped(drawn, line.Name));
        }

        return curve;
    }

    private static XElement End((double X, double Y) at, int style) => Path(
        $"bp-end bp-line-{style}", $"M{Number(at.X - 5)} {Number(at.Y - 5)}l10 10m-10 0l10 -10");

    private static string Value(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    private static XElement Tipped(XElement shape, string text)
    {
        shape.Add(Title(text));
        return shape;
    }
}

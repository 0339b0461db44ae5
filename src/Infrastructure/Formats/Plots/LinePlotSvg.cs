using System.Xml.Linq;
using static Backprop.Infrastructure.Formats.Diagrams.DisplayText;
using static Backprop.Infrastructure.Formats.Diagrams.Rendering.SvgElements;

namespace Backprop.Infrastructure.Formats.Plots;

/// <summary>
/// Draws charts of curves as SVG, one below the other, with a note in words below them. The picture is self-contained and follows the reader's light
/// or dark colour scheme.
/// </summary>
public static class LinePlotSvg
{
    private const double Width = 820;
    private const double Left = 84;
    private const double Right = Width - 36;
    private const double HeadHeight = 48;
    private const double FootHeight = 20;
    private const double LineHeight = 17;

    /// <summary>Draws a plot.</summary>
    /// <returns>An SVG document.</returns>
    public static string Render(LinePlot plot)
    {
        XElement content = Group("bp-charts");
        double top = HeadHeight;
        foreach (LineChart chart in plot.Charts)
        {
            (XElement drawn, double height) = new LineChartSvg(chart, (Left, Right), top).Draw();
            content.Add(drawn);
            top += height;
        }

        XElement note = Group("bp-words");
        foreach (string line in plot.Note is { } words ? Sentences(words).SelectMany(sentence => Wrap(sentence, Right - 36, PlotTheme.Axis)) : [])
        {
            top += LineHeight;
            note.Add(Text("bp-axis-name", 36, top, "start", PlotTheme.Axis, line));
        }

        return Document(plot, top + FootHeight, content, note).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Document(LinePlot plot, double height, params XElement[] content) => new(
        Namespace + "svg",
        new XAttribute("class", "bp"),
        new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(height)}"),
        new XAttribute("width", Number(Width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", "bp-title bp-description"),
        new XElement(Namespace + "title", new XAttribute("id", "bp-title"), Clean(plot.Title)),
        new XElement(Namespace + "desc", new XAttribute("id", "bp-description"),
            Clean(plot.Note ?? string.Join("; ", plot.Charts.Select(chart => chart.Title)))),
        new XElement(Namespace + "style", PlotTheme.Style),
        Rectangle("bp-background", 0.5, 0.5, Width - 1, height - 1, 12),
        Text("bp-name", 36, 34, "start", PlotTheme.Title, Shorten(plot.Title, Right - 36, PlotTheme.Title)),
        content);

    // Each begins on a line of its own: short lines are easier to follow than a block.
    private static IEnumerable<string> Sentences(string words)
    {
        int start = 0;
        for (int end = words.IndexOf(". ", StringComparison.Ordinal); end >= 0; end = words.IndexOf(". ", start, StringComparison.Ordinal))
        {
            yield return words[start..(end + 1)];
            start = end + 2;
        }

        yield return words[start..];
    }
}

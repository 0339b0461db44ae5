using System.Globalization;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Plots;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Plots;

public class FrontPlotTests
{
    private static readonly FrontPlot Plot = new(
        "A <chain> & more",
        IsBytes: true,
        [new("none", 96 << 20, 0), new("optimal", 64 << 20, 0.1), new("optimal", 40 << 20, 0.3), new("revolve", 20 << 20, 5)],
        [new("no checkpoints", 96 << 20, 0), new("√n", 40 << 20, 0.3), new("best k", 40 << 20, 0.3), new("revolve", 30 << 20, 0.7)]);

    [Fact]
    public void Axes_have_units_and_round_ticks()
    {
        string[] texts = Texts(FrontPlotSvg.Render(Plot));
        texts.ShouldContain("peak memory, MiB");
        texts.ShouldContain("additional time, relative to one forward and backward pass");
        texts.ShouldContain("100");
        texts.ShouldContain("60 %");
        texts.ShouldContain("A <chain> & more");
    }

    [Fact]
    public void Points_at_the_same_place_share_a_label() => Texts(FrontPlotSvg.Render(Plot)).ShouldContain("√n = best k");

    [Fact]
    public void Marks_on_the_front_differ_from_those_above_it()
    {
        XElement[] circles = [.. Drawn(Plot, "circle").Where(circle => circle.Parent!.Attribute("class")!.Value == "bp-marks")];
        circles.Count(circle => circle.Attribute("class")!.Value == "bp-mark").ShouldBe(2);
        circles.Count(circle => circle.Attribute("class")!.Value == "bp-above").ShouldBe(1);
    }

    [Fact]
    public void What_takes_longer_than_every_mark_is_not_shown() =>
        Drawn(Plot, "circle").Count(circle => circle.Attribute("class")!.Value == "bp-point").ShouldBe(3);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5e22, 12.5)]
    [InlineData(0, 0)]
    public void Any_numbers_are_drawn_inside_the_picture(double memory, double overhead)
    {
        PlotPoint[] points = [new("a", memory, overhead), new("b", memory / 3, overhead), new("c", memory / 3, overhead * 0.999)];
        foreach (bool isBytes in (bool[])[true, false])
        {
            var plot = new FrontPlot("numbers", isBytes, points, points);
            foreach (XElement circle in Drawn(plot, "circle"))
            {
                double.Parse(circle.Attribute("cx")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(80, 820);
                double.Parse(circle.Attribute("cy")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(50, 500);
            }
        }
    }

    private static string[] Texts(string svg) => [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];

    private static XElement[] Drawn(FrontPlot plot, string shape) =>
        [.. XDocument.Parse(FrontPlotSvg.Render(plot)).Descendants().Where(element => element.Name.LocalName == shape)];
}

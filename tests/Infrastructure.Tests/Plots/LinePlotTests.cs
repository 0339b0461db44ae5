using System.Globalization;
using System.Xml.Linq;
using Backprop.Infrastructure.Formats.Plots;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Plots;

public class LinePlotTests
{
    [Fact]
    public void Curves_have_axes_a_legend_and_marks()
    {
        string[] texts = Texts(Plot(new LineChart("Error", new("ε", true), new("relative error", true),
            [new("forward", [1e-8, 1e-4, 1], [1e-8, 1e-4, 1]), new("central <2>", [1e-8, 1e-4, 1], [1e-7, 1e-10, 1e-2])], [new(1e-5, "√u & more")])));
        texts.ShouldContain("A <plot> & more");
        texts.ShouldContain("Error");
        texts.ShouldContain("forward");
        texts.ShouldContain("central <2>");
        texts.ShouldContain("√u & more");
        texts.ShouldContain("10⁻⁸");
        texts.ShouldContain("0.01");
        texts.ShouldContain("ε");
    }

    [Fact]
    public void A_note_is_shown_sentence_by_sentence() =>
        Texts(LinePlotSvg.Render(new LinePlot("t", [], "One is 1.5. Two is 2."))).ShouldBe(["t", "One is 1.5.", "Two is 2."]);

    [Fact]
    public void A_curve_is_interrupted_where_it_has_no_number_and_marked_where_numbers_end()
    {
        var line = new Line("loss", [0, 1, 2, 3, 4, 5], [1, 2, double.NaN, 3, 4, double.PositiveInfinity]);
        string svg = Plot(new LineChart("c", new("step", false), new("loss", true), [line], []));
        Paths(svg, "bp-curve", "bp-line").ShouldHaveSingleItem().Count(letter => letter == 'M').ShouldBe(2);
        Paths(svg, "bp-curve", "bp-end").Length.ShouldBe(2);
        Texts(svg).ShouldContain("NaN or infinity from here on");
        Texts(Plot(new LineChart("c", new("step", false), new("loss", true), [line with { Y = [1, 2, 3, 0, 4, 5] }], [])))
            .ShouldNotContain("NaN or infinity from here on", "zero has no place on a logarithmic axis, but is a number");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(-1e-300, 1e-300)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(1, 1.0000000000000002)]
    [InlineData(0.61, 2.4)]
    [InlineData(2, 16)]
    [InlineData(1e-320, 1e300)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    [InlineData(-3, -1)]
    public void Any_numbers_are_drawn_inside_the_picture_with_few_ticks(double low, double high)
    {
        foreach (bool x in (bool[])[true, false])
        {
            foreach (bool y in (bool[])[true, false])
            {
                var line = new Line("l", [low, high, low / 2], [high, low, high / 3]);
                string svg = Plot(new LineChart("numbers", new("x", x), new("y", y), [line], [new(high, "mark")]));
                double height = double.Parse(XDocument.Parse(svg).Root!.Attribute("height")!.Value, CultureInfo.InvariantCulture);
                foreach (XElement circle in Elements(svg, "circle"))
                {
                    double.Parse(circle.Attribute("cx")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(84, 784);
                    double.Parse(circle.Attribute("cy")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(60, height);
                }

                Elements(svg, "path").Count(path => path.Attribute("class")!.Value == "bp-grid").ShouldBeInRange(4, 40, $"{x} {y}");
                svg.ShouldNotContain("NaN ");
            }
        }
    }

    [Theory]
    [InlineData(0.61, 2.4)]
    [InlineData(2, 16)]
    [InlineData(1.01, 1.02)]
    [InlineData(3, 3000)]
    public void A_short_logarithmic_axis_has_several_ticks(double low, double high)
    {
        string svg = Plot(new LineChart("c", new("x", false), new("y", true), [new("l", [0, 1], [low, high])], []));
        Elements(svg, "text").Count(text => text.Attribute("text-anchor")!.Value == "end").ShouldBeInRange(3, 9);
    }

    [Fact]
    public void Whole_numbers_have_ticks_at_whole_numbers()
    {
        string svg = Plot(new LineChart("c", new("layer", false), new("y", false), [new("l", [.. Enumerable.Range(1, 20).Select(i => (double)i)], new double[20])], []));
        Elements(svg, "text").Where(text => text.Attribute("text-anchor")!.Value == "middle").Select(text => text.Value).ShouldNotContain(text => text.Contains('.'));
    }

    private static string Plot(LineChart chart) => LinePlotSvg.Render(new LinePlot("A <plot> & more", [chart]));

    private static string[] Texts(string svg) => [.. Elements(svg, "text").Select(text => text.Value)];

    private static string[] Paths(string svg, string group, string style) =>
        [.. Elements(svg, "path").Where(path => path.Parent!.Attribute("class")!.Value == group && path.Attribute("class")!.Value.Split(' ').Contains(style))
            .Select(path => path.Attribute("d")!.Value)];

    private static XElement[] Elements(string svg, string name) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == name)];
}

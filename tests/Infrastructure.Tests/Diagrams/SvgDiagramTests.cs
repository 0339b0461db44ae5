using Backprop.Infrastructure.Formats.Diagrams;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Diagrams;

public class SvgDiagramTests
{
    [Theory]
    [InlineData("</svg><script>alert(1)</script>")]
    [InlineData("\"quoted\" & 'single' ]]> <!-- -->")]
    [InlineData("line\r\nbreak\ttab \0\u0001\u001f\ufffe\uffff")]
    [InlineData("lone \ud800 surrogate \udc00")]
    [InlineData("日本語 עברית 😀 ﷽ e\u0301")]
    [InlineData("")]
    public void A_hostile_name_gives_valid_xml_with_its_characters(string name)
    {
        var picture = new Picture(SvgDiagram.Render(Samples.Hostile(name), name));

        picture.Boxes.Count.ShouldBe(2);
        picture.WithClass("bp-edge").Count().ShouldBe(2);
        picture.Root.Descendants().ShouldNotContain(e => e.Name.LocalName == "script");
        var allowed = name.EnumerateRunes().Where(r => r.Value is 9 or 10 or 13 or >= 32 and not (0xFFFE or 0xFFFF));
        var tooltip = picture.WithClass("bp-node").First().Elements().First().Value;
        tooltip.ShouldStartWith(string.Concat(allowed).Replace("\r\n", "\n"));
    }

    [Fact]
    public void Any_text_gives_valid_xml() => Gen.String.Sample(
        text => new Picture(SvgDiagram.Render(Samples.Hostile(text), text)).Boxes.Count == 2,
        iter: 300);

    [Fact]
    public void A_long_name_is_shortened_and_kept_whole_in_the_tooltip()
    {
        var name = new string('W', 10_000);
        var picture = new Picture(SvgDiagram.Render(Samples.Hostile(name), null));

        picture.Boxes.Max(b => b.Width).ShouldBeLessThan(500);
        picture.Texts.ShouldAllBe(text => text.Length < 200);
        picture.Texts.ShouldContain(text => text.Contains('…'));
        picture.WithClass("bp-node").First().Elements().First().Value.ShouldStartWith(name);
    }

    [Theory]
    [InlineData("transformer.layers.11.attention.query_projection.weight", "transformer.…", "query_projection.weight")]
    [InlineData("/encoder/block.0/layer.1/DenseReluDense/wo/MatMul_output_0", "/encoder/…", "MatMul_output_0")]
    public void A_qualified_name_keeps_both_ends(string name, string head, string tail)
    {
        var node = new DiagramNode("n", name, DiagramNodeKind.Input, null, null, "1", null);
        var shown = new Picture(SvgDiagram.Render(new Diagram([node], []), null)).WithClass("bp-name").Single().Value;
        shown.ShouldStartWith(head);
        shown.ShouldEndWith(tail);
    }

    [Fact]
    public void No_number_is_cut() => Gen.Select(Gen.Double[-1e300, 1e300], Gen.Double[-1, 1]).Sample(
        (a, b) =>
        {
            string[] numbers = [a.ToString("G4"), b.ToString("G4"), (a * b).ToString("G4")];
            var contribution = $"{numbers[0]} · ({numbers[1]}) = {numbers[2]}";
            var diagram = new Diagram(
                [new("x", "x", DiagramNodeKind.Input, null, null, numbers[0], numbers[1]), new("y", "y", DiagramNodeKind.Output, "Tanh", null, numbers[2], "1")],
                [new("x", "y", 0, $"1 - tanh(x)^2 = {numbers[1]}", contribution)]);
            foreach (var layout in Enum.GetValues<DiagramArrangement>())
            {
                var picture = new Picture(SvgDiagram.Render(diagram, "y", layout: layout));
                picture.Texts.ShouldAllBe(text => !text.Contains('…'));
                var texts = string.Join(' ', picture.WithClass("bp-label").SelectMany(label => label.Elements().Skip(2)).Select(text => text.Value));
                (layout == DiagramArrangement.Compact || texts.EndsWith($"← {contribution}", StringComparison.Ordinal)).ShouldBeTrue(texts);
            }
        },
        iter: 100);

    [Fact]
    public void A_value_that_is_not_finite_and_the_reason_of_a_missing_gradient_are_marked()
    {
        var node = new DiagramNode("x", "x", DiagramNodeKind.Input, null, null, "NaN", null) { IsFinite = false };
        var picture = new Picture(SvgDiagram.Render(new Diagram([node], []) { Note = "No gradients: y has shape [3]." }, null));
        picture.WithClass("bp-not-finite").Count().ShouldBe(1);
        picture.WithClass("bp-note").Select(text => text.Value).ShouldBe(["No gradients: y has shape [3]."]);
    }

    [Fact]
    public void A_rule_stands_on_the_arrow() => new Picture(SvgDiagram.Render(
        new Diagram(
            [new("x", "x", DiagramNodeKind.Input, null, null, null, null), new("y", "y", DiagramNodeKind.Output, "ReduceSum", null, null, null)],
            [new("x", "y", 0, null, "[1, 1]") { Rule = "1 · ∂y/∂y, repeated to [2]" }]),
        "y")).Texts.ShouldContain("1 · ∂y/∂y, repeated to [2]");

    [Fact]
    public void The_picture_shows_values_gradients_and_what_flows_back()
    {
        var texts = new Picture(SvgDiagram.Render(Samples.Seed, "L")).Texts.ToArray();
        string[] expected = ["a", "-6", "×", "+", "xʸ", "∂L/∂a = -24", "∂L/∂b = 16", "∂L/∂L = 1", "∂d/∂a = b = -3", "← 8 · (-3) = -24"];
        foreach (var text in expected)
        {
            texts.ShouldContain(text);
        }
    }

    [Fact]
    public void A_value_with_several_uses_shows_the_sum()
    {
        var texts = new Picture(SvgDiagram.Render(Samples.FanOut, "L")).Texts.ToArray();
        texts.ShouldContain("∂L/∂s = 1 + 2 = 3");
        texts.ShouldContain("∂L/∂a = 3 + 3 = 6");
    }

    [Fact]
    public void Negative_summands_stand_in_parentheses_and_many_are_counted()
    {
        static string Gradient(params string[] contributions) => new Picture(SvgDiagram.Render(
            new Diagram(
                [
                    new("a", "a", DiagramNodeKind.Input, null, null, "1", "7"),
                    .. contributions.Select((_, i) => new DiagramNode($"u{i}", $"u{i}", DiagramNodeKind.Operation, "Neg", null, null, null)),
                ],
                [.. contributions.Select((c, i) => new DiagramEdge("a", $"u{i}", 0, null, c))]),
            "L")).Texts.Single(t => t.StartsWith("∂L/∂a", StringComparison.Ordinal));

        Gradient("1 · 9 = 9", "2 · (-1) = -2").ShouldBe("∂L/∂a = 9 + (-2) = 7");
        Gradient("1", "1", "1", "1", "1", "1", "1").ShouldBe("∂L/∂a = Σ of 7 uses = 7");
    }

    [Fact]
    public void Without_gradients_nothing_is_dashed()
    {
        var bare = new Diagram(
            [.. Samples.Seed.Nodes.Select(n => n with { Value = null, Gradient = null })],
            [.. Samples.Seed.Edges.Select(e => e with { Local = null, Contribution = null })]);
        var edges = new Picture(SvgDiagram.Render(bare, null)).WithClass("bp-edge");
        edges.SelectMany(e => e.Elements()).ShouldNotContain(e => e.Attribute("class") != null && e.Attribute("class")!.Value == "bp-backward");
    }

    [Fact]
    public void The_picture_is_accessible_and_self_contained()
    {
        var picture = new Picture(SvgDiagram.Render(Samples.Seed, "L"));
        picture.Root.Attribute("role")!.Value.ShouldBe("img");
        picture.Root.Elements().First().Value.ShouldBe("Computation graph of L");
        picture.Root.Elements().ElementAt(1).Name.LocalName.ShouldBe("desc");
        var attributes = picture.Root.DescendantsAndSelf().SelectMany(e => e.Attributes());
        attributes.ShouldNotContain(a => !a.IsNamespaceDeclaration && a.Value.Contains("http"));
        picture.Root.ToString().ShouldNotContain("@import");
    }

    [Fact]
    public void An_empty_graph_is_a_picture_too() => new Picture(SvgDiagram.Render(new Diagram([], []), null)).Boxes.ShouldBeEmpty();

    [Fact]
    public void Beyond_a_limit_the_error_says_which()
    {
        var error = Should.Throw<DiagramTooLargeException>(() => SvgDiagram.Render(Samples.Seed, "L", maxNodes: 6));
        (error.What, error.Limit, error.Actual).ShouldBe(("nodes", 6L, 7L));

        var edges = Samples.Dag([], [.. Enumerable.Repeat(0, 9)]);
        error = Should.Throw<DiagramTooLargeException>(() => SvgDiagram.Render(edges, "L", maxNodes: 2));
        (error.What, error.Limit, error.Actual).ShouldBe(("edges", 8L, 9L));

        var concat = Samples.Dag([.. Enumerable.Range(0, 1500).Select(i => i == 0 ? [] : i == 1499 ? Enumerable.Range(0, i).ToArray() : [i - 1])]);
        error = Should.Throw<DiagramTooLargeException>(() => SvgDiagram.Render(concat, "L", maxNodes: 1500));
        (error.What, error.Limit).ShouldBe(("edge segments", 900_000L));
    }

    [Fact]
    public void A_graph_that_is_none_is_refused()
    {
        var a = new DiagramNode("a", "a", DiagramNodeKind.Operation, "Neg", null, null, null);
        Should.Throw<ArgumentException>(() => SvgDiagram.Render(new Diagram([a, a], []), null));
        Should.Throw<ArgumentException>(() => SvgDiagram.Render(new Diagram([a], [new("a", "b", 0, null, null)]), null));
        Should.Throw<ArgumentException>(() => SvgDiagram.Render(new Diagram([a], [new("a", "a", 0, null, null)]), null));
    }
}

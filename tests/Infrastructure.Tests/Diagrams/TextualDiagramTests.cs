using System.Text.RegularExpressions;
using Backprop.Infrastructure.Formats.Diagrams;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Diagrams;

public partial class TextualDiagramTests
{
    [Fact]
    public void Mermaid_writes_nodes_and_edges_with_the_contribution()
    {
        var text = MermaidDiagram.Render(Samples.Seed, "L");
        text.ShouldStartWith("flowchart LR\n");
        text.ShouldContain("    n0([\"a<br/>2<br/>float64<br/>∂L#47;∂a = #45;24\"]):::givenValue\n");
        text.ShouldContain("    n0 -->|\"← 8 · #40;#45;3#41; = #45;24\"| n3\n");
        text.ShouldContain("    n5 --> n6\n");
    }

    [Theory]
    [InlineData(DiagramArrangement.LeftToRight, "flowchart LR", "rankdir=LR")]
    [InlineData(DiagramArrangement.TopDown, "flowchart TB", "rankdir=TB")]
    [InlineData(DiagramArrangement.Compact, "flowchart TB", "rankdir=TB")]
    public void The_layout_gives_the_direction(DiagramArrangement layout, string mermaid, string dot)
    {
        MermaidDiagram.Render(Samples.Seed, "L", layout: layout).ShouldStartWith(mermaid);
        DotDiagram.Render(Samples.Seed, "L", layout: layout).ShouldContain(dot);
    }

    [Theory]
    [InlineData("end", "\"end<br/>")]
    [InlineData("a\"]; click", "\"a#34;#93;#59; click<br/>")]
    [InlineData("<b>#quot;`*_", "\"#60;b#62;#35;quot#59;#96;#42;#95;<br/>")]
    [InlineData("two\nlines %%{init}%%", "\"two lines #37;#37;#123;init#125;#37;#37;<br/>")]
    public void Mermaid_escapes(string name, string expected) => MermaidDiagram.Render(Samples.Hostile(name), null).ShouldContain(expected);

    [Fact]
    public void Mermaid_keeps_its_lines_whatever_the_text() => Gen.String.Sample(
        text =>
        {
            var lines = MermaidDiagram.Render(Samples.Hostile(text), text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBe(9);
            lines.Skip(1).Take(4).ShouldAllBe(line => MermaidLine().IsMatch(line));
        },
        iter: 300);

    [Fact]
    public void Dot_writes_nodes_and_edges()
    {
        var text = DotDiagram.Render(Samples.Seed, "L");
        text.ShouldContain("rankdir=LR;");
        text.ShouldContain("    n3 [label=\"d: ×\\n-6\\nfloat64\\n∂L/∂d = 8\", fillcolor=");
        text.ShouldContain("    n0 -> n3 [label=\"b = -3\\n← 8 · (-3) = -24\"];\n");
        text.ShouldContain("    n5 -> n6;\n");
    }

    [Theory]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("\\N\\", "\\\\N\\\\")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("two\nlines", "two lines")]
    public void Dot_escapes(string name, string expected) => DotDiagram.Render(Samples.Hostile(name), null).ShouldContain($"[label=\"{expected}\\n");

    [Fact]
    public void Dot_keeps_its_lines_whatever_the_text() => Gen.String.Sample(
        text =>
        {
            var lines = DotDiagram.Render(Samples.Hostile(text), text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBe(9);
            lines.Skip(4).SkipLast(1).ShouldAllBe(line => DotLine().IsMatch(line));
        },
        iter: 300);

    [Fact]
    public void Both_shorten_long_texts_and_know_the_limit()
    {
        var name = new string('W', 10_000);
        MermaidDiagram.Render(Samples.Hostile(name), null).Length.ShouldBeLessThan(3000);
        DotDiagram.Render(Samples.Hostile(name), null).Length.ShouldBeLessThan(3000);
        Should.Throw<DiagramTooLargeException>(() => MermaidDiagram.Render(Samples.Seed, "L", maxNodes: 6));
        Should.Throw<DiagramTooLargeException>(() => DotDiagram.Render(Samples.Seed, "L", maxNodes: 6));
    }

    [GeneratedRegex("""^    n\d(\(\["[^"`<>{}\[\]]*(<br/>[^"`<>{}\[\]]*)*"\]\):::\w+| -->(\|"[^"`<>{}\[\]|]*"\|)? n\d)$""")]
    private static partial Regex MermaidLine();

    [GeneratedRegex("""^    n\d( -> n\d)?( \[label="([^"\\]|\\.)*"(, fillcolor="#\w+", color="#\w+")?\])?;$""")]
    private static partial Regex DotLine();
}

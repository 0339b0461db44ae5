using Backprop.Infrastructure.Formats.Diagrams;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Diagrams;

public class LayoutTests
{
    /// <summary>Up to 40 nodes; each uses up to 4 earlier ones, possibly the same one several times.</summary>
    private static readonly Gen<Diagram> Graphs =
        from count in Gen.Int[1, 40]
        from picks in Gen.Int[0, 1_000_000].Array[4].Array[count]
        from uses in Gen.Int[0, 4].Array[count]
        select Samples.Dag([.. Enumerable.Range(0, count).Select(i => i == 0 ? [] : picks[i].Take(uses[i]).Select(p => p % i).ToArray())]);

    private static readonly string[] Words = ["a", "h.1", "transformer.layers.11.query_projection.weight", "[[1.234, -5.678e-12],\n[0.001, 2]]", "日本語", "x @ w"];

    public static TheoryData<DiagramArrangement> Layouts => [.. Enum.GetValues<DiagramArrangement>()];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Nothing_overlaps_in_random_graphs(DiagramArrangement layout) => Graphs.Sample(
        graph =>
        {
            var picture = new Picture(SvgDiagram.Render(graph, "L", layout: layout));
            picture.Boxes.Count.ShouldBe(graph.Nodes.Count);
            picture.WithClass("bp-edge").Count().ShouldBe(graph.Edges.Count);
            picture.Labels.Count.ShouldBe(layout == DiagramArrangement.Compact ? 0 : graph.Edges.Count(e => e.Local is not null));
            NothingOverlaps([.. picture.Boxes, .. picture.Labels]);
        },
        iter: 200);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void No_line_runs_through_a_box_and_no_solid_one_through_a_label_in_random_graphs(DiagramArrangement layout) => Graphs.Sample(
        graph =>
        {
            var picture = new Picture(SvgDiagram.Render(graph, "L", layout: layout));
            var solid = picture.Lines("bp-forward");
            var dashed = picture.Lines("bp-backward");
            solid.Length.ShouldBe(graph.Edges.Count);
            dashed.Length.ShouldBe(graph.Edges.Count(e => e.Local is not null));
            Hits(solid, [.. picture.Boxes, .. picture.Labels]).ShouldBeEmpty();
            Hits(dashed, picture.Boxes).ShouldBeEmpty();
        },
        iter: 100);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void No_text_leaves_its_box_and_none_covers_another_in_random_graphs(DiagramArrangement layout) =>
        Gen.Select(Graphs, Gen.Int[0, Words.Length - 1].Array[6]).Sample(
            (graph, words) =>
            {
                var picture = new Picture(SvgDiagram.Render(Renamed(graph, words), "L", layout: layout));
                foreach (var (area, texts) in picture.Framed)
                {
                    var areas = texts.Select(Picture.AreaOfText).ToArray();
                    areas.ShouldAllBe(text => text.X >= area.X && text.X + text.Width <= area.X + area.Width + 0.2
                        && text.Y >= area.Y && text.Y + text.Height <= area.Y + area.Height + 0.2);
                    NothingOverlaps(areas);
                }
            },
            iter: 100);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Everything_lies_within_the_picture_and_above_the_legend(DiagramArrangement layout)
    {
        var picture = new Picture(SvgDiagram.Render(Samples.Seed, "L", layout: layout));
        foreach (var area in picture.Boxes.Concat(picture.Labels))
        {
            area.X.ShouldBeGreaterThanOrEqualTo(0);
            (area.X + area.Width + 56).ShouldBeLessThanOrEqualTo(picture.Size.Width + 0.2);
            (area.Y + area.Height + 28 + 42).ShouldBeLessThan(picture.Size.Height);
        }
    }

    [Fact]
    public void A_compact_LSTM_of_some_sixty_nodes_is_at_most_3000_pixels_wide()
    {
        var lstm = Samples.Lstm(5);
        lstm.Nodes.Count(node => node.Operator is not null).ShouldBeInRange(55, 75);
        new Picture(SvgDiagram.Render(lstm, "L", layout: DiagramArrangement.Compact)).Size.Width.ShouldBeLessThanOrEqualTo(3000);
    }

    [Fact]
    public void Values_run_from_top_to_bottom_if_that_is_asked_for()
    {
        var boxes = new Picture(SvgDiagram.Render(Samples.Seed, "L", layout: DiagramArrangement.TopDown)).Boxes;
        boxes.Take(3).Max(b => b.Y + b.Height).ShouldBeLessThan(boxes.Skip(3).Min(b => b.Y));
        boxes[^1].Y.ShouldBeGreaterThan(boxes.SkipLast(1).Max(b => b.Y + b.Height));
    }

    [Fact]
    public void Inputs_stand_at_the_left_and_the_output_at_the_right()
    {
        var boxes = new Picture(SvgDiagram.Render(Samples.Seed, "L")).Boxes;
        boxes.Take(3).Max(b => b.X + b.Width).ShouldBeLessThan(boxes.Skip(3).Min(b => b.X));
        boxes[^1].X.ShouldBeGreaterThan(boxes.SkipLast(1).Max(b => b.X + b.Width));
    }

    [Fact]
    public void A_tree_is_drawn_with_the_first_operand_on_top()
    {
        var boxes = new Picture(SvgDiagram.Render(Samples.Seed, "L")).Boxes;
        boxes[0].Y.ShouldBeLessThan(boxes[1].Y);
        boxes[1].Y.ShouldBeLessThan(boxes[2].Y);
    }

    [Fact]
    public void A_deep_graph_is_drawn()
    {
        var chain = Samples.Dag([.. Enumerable.Range(0, 2000).Select(i => i == 0 ? Array.Empty<int>() : [i - 1, 0])]);
        new Picture(SvgDiagram.Render(chain, "L", maxNodes: 2000)).Boxes.Count.ShouldBe(2000);
    }

    private static Diagram Renamed(Diagram graph, int[] words)
    {
        string Word(int i) => Words[words[i % words.Length]];
        return new Diagram(
            [.. graph.Nodes.Select((node, i) => node with { Label = Word(i), Value = Word(i + 1), Gradient = Word(i + 2) })],
            [.. graph.Edges.Select((edge, i) => edge with { Local = null, Rule = Word(i), Contribution = Word(i + 3) })]);
    }

    private static IEnumerable<Area> Hits((double X, double Y)[][] lines, IReadOnlyList<Area> areas) =>
        from line in lines from point in line from area in areas where area.Holds(point) select area;

    private static void NothingOverlaps(Area[] areas)
    {
        for (var i = 0; i < areas.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                areas[i].Overlaps(areas[k]).ShouldBeFalse($"{areas[i]} and {areas[k]}");
            }
        }
    }
}

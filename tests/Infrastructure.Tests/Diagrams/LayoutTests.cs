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

    [Fact]
    public void Nothing_overlaps_in_random_graphs() => Graphs.Sample(
        graph =>
        {
            var picture = new Picture(SvgDiagram.Render(graph, "L"));
            picture.Boxes.Count.ShouldBe(graph.Nodes.Count);
            picture.WithClass("bp-edge").Count().ShouldBe(graph.Edges.Count);
            picture.Labels.Count.ShouldBe(graph.Edges.Count(e => e.Local is not null));
            NothingOverlaps([.. picture.Boxes, .. picture.Labels]);
        },
        iter: 200);

    [Fact]
    public void No_line_runs_through_a_box_and_no_solid_one_through_a_label_in_random_graphs() => Graphs.Sample(
        graph =>
        {
            var picture = new Picture(SvgDiagram.Render(graph, "L"));
            var solid = picture.Lines("bp-forward");
            var dashed = picture.Lines("bp-backward");
            solid.Length.ShouldBe(graph.Edges.Count);
            dashed.Length.ShouldBe(picture.Labels.Count);
            Hits(solid, [.. picture.Boxes, .. picture.Labels]).ShouldBeEmpty();
            Hits(dashed, picture.Boxes).ShouldBeEmpty();
        },
        iter: 100);

    [Fact]
    public void Everything_lies_within_the_picture_and_above_the_legend()
    {
        var picture = new Picture(SvgDiagram.Render(Samples.Seed, "L"));
        var size = picture.Root.Attribute("viewBox")!.Value.Split(' ').Select(double.Parse).ToArray();
        foreach (var area in picture.Boxes.Concat(picture.Labels))
        {
            area.X.ShouldBeGreaterThanOrEqualTo(0);
            (area.X + area.Width + 56).ShouldBeLessThanOrEqualTo(size[2] + 0.2);
            (area.Y + area.Height + 28 + 42).ShouldBeLessThan(size[3]);
        }
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

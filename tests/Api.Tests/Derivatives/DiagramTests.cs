using System.Xml.Linq;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed class DiagramTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly GraphContract Symbolic = new()
    {
        Inputs = [new InputContract { Name = "x", Shape = ["batch", 3L] }],
        Nodes = [new NodeContract { Name = "y", Op = "Tanh", Inputs = ["x"] }, new NodeContract { Name = "z", Op = "ReduceSum", Inputs = ["y"] }],
        Outputs = ["y", "z"],
    };

    [Fact]
    public async Task The_picture_in_the_readme_is_what_the_service_draws()
    {
        string drawn = await api.Api.DrawAsync(new DiagramRequest
        {
            Expression = "d = a*b; e = d + c; L = e^2",
            Inputs = Values(("a", 2), ("b", -3), ("c", 10)),
        });
        drawn.ShouldBe(await File.ReadAllTextAsync(Repository.PathOf("docs/seed-graph.svg")));
    }

    [Theory]
    [InlineData(null, "image/svg+xml", "<svg")]
    [InlineData(DiagramFormat.Svg, "image/svg+xml", "<svg")]
    [InlineData(DiagramFormat.Mermaid, "text/vnd.mermaid", "flowchart")]
    [InlineData(DiagramFormat.Dot, "text/vnd.graphviz", "digraph")]
    public async Task Each_format_has_its_media_type(DiagramFormat? format, string type, string beginning)
    {
        using var response = await api.Http.PostAsync("/diagrams", Body(new DiagramRequest { Expression = SquareOfSum, Inputs = Point, Format = format }));
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await response.Content.ReadAsStringAsync()).ShouldContain(beginning);
    }

    [Theory]
    [InlineData(DiagramFormat.Svg)]
    [InlineData(DiagramFormat.Mermaid)]
    [InlineData(DiagramFormat.Dot)]
    public async Task Values_and_gradients_are_shown_where_there_are_inputs(DiagramFormat format)
    {
        var request = new DiagramRequest { Graph = SquareOfSumGraph, Format = format };
        (await api.Api.DrawAsync(request)).ShouldNotContain("∂L");
        string full = await api.Api.DrawAsync(request with { Inputs = Point });
        full.ShouldContain("∂L");
        full.ShouldContain("24");
    }

    [Fact]
    public async Task A_fan_out_shows_each_contribution() =>
        (await api.Api.DrawAsync(new DiagramRequest { Expression = "s = a + b; p = s*a; q = s*b; L = p + q", Inputs = Values(("a", 1.5), ("b", -0.5)), Format = DiagramFormat.Dot })).ShouldContain("1.5 + (-0.5) = 1");

    [Theory]
    [InlineData(DiagramFormat.Svg)]
    [InlineData(DiagramFormat.Mermaid)]
    [InlineData(DiagramFormat.Dot)]
    public async Task Symbolic_shapes_and_several_outputs_are_drawn_with_and_without_values(DiagramFormat format)
    {
        (await api.Api.DrawAsync(new DiagramRequest { Graph = Symbolic, Format = format })).ShouldContain("Tanh");
        (await api.Api.DrawAsync(new DiagramRequest { Graph = Symbolic, Inputs = Values(("x", TensorValue.Of([1.0, 2, 3], 1, 3))), Format = format })).ShouldContain("Tanh");
    }

    [Theory]
    [InlineData("</text><script>alert(1)</script>")]
    [InlineData("\"; rm [label=\"x")]
    [InlineData("a]]>--b %% end")]
    [InlineData("\u202E\uFFFF\u0001")]
    public async Task Hostile_names_stay_names(string name)
    {
        var graph = new GraphContract { Inputs = [new InputContract { Name = name }], Nodes = [new NodeContract { Name = "y", Op = "Exp", Inputs = [name] }], Outputs = ["y"] };
        XDocument picture = XDocument.Parse(await api.Api.DrawAsync(new DiagramRequest { Graph = graph, Inputs = Values((name, 1)) }));
        picture.Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
        (await api.Api.DrawAsync(new DiagramRequest { Graph = graph, Format = DiagramFormat.Mermaid })).ShouldNotContain("<script");
        (await api.Api.DrawAsync(new DiagramRequest { Graph = graph, Format = DiagramFormat.Dot })).ShouldNotContain("; rm [label=\"x\"");
    }

    [Theory]
    [InlineData(501, 1)]
    [InlineData(499, 3)]
    [InlineData(400, 6)]
    public async Task The_limit_is_told_as_it_is_configured_whichever_part_is_too_many(int nodes, int operands)
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "a" }, new InputContract { Name = "b" }],
            Nodes = [.. Enumerable.Range(0, nodes).Select(i => new NodeContract { Name = $"n{i}", Op = "Sum", Inputs = [.. Enumerable.Repeat<NodeInput>("a", operands)] })],
            Outputs = ["n0"],
        };
        var problem = await (await api.Http.PostAsync("/diagrams", Body(new DiagramRequest { Graph = graph }))).ShouldBeProblemAsync(System.Net.HttpStatusCode.UnprocessableEntity);
        ((string)problem["limit"]!["name"]!).ShouldBe("Limits:DiagramNodes");
        ((double)problem["limit"]!["value"]!).ShouldBe(500);
        ((string)problem["detail"]!).ShouldContain("Limits:DiagramNodes is 500");
    }

    private static StringContent Body(DiagramRequest request) =>
        new(System.Text.Json.JsonSerializer.Serialize(request, BackpropJson.Create()), System.Text.Encoding.UTF8, "application/json");
}

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

    [Theory]
    [InlineData(DiagramLayout.LeftToRight)]
    [InlineData(DiagramLayout.TopDown)]
    [InlineData(DiagramLayout.Compact)]
    public async Task Every_layout_is_drawn(DiagramLayout layout) =>
        (await api.Api.DrawAsync(new DiagramRequest { Expression = SquareOfSum, Inputs = Point, Layout = layout })).ShouldContain("∂L/∂a");

    [Fact]
    public async Task Matrices_are_shown_in_full_with_the_rule_on_the_arrow()
    {
        var request = new DiagramRequest
        {
            Expression = "z = x @ w; L = sum(z)",
            Inputs = Values(("x", TensorValue.Of([1.0, 2, 3, 4], 2, 2)), ("w", TensorValue.Of([1.0, -1], 2, 1))),
            Format = DiagramFormat.Dot,
        };
        string picture = await api.Api.DrawAsync(request);
        foreach (string text in new[] { "[[1, 2], [3, 4]]", "xᵀ · ∂L/∂z", "∂L/∂z · wᵀ", "← [[4], [6]]", "1 · ∂L/∂L, repeated to [2×1]" })
        {
            picture.ShouldContain(text);
        }
    }

    [Fact]
    public async Task A_part_of_an_expression_is_shown_as_it_was_written()
    {
        string picture = await api.Api.DrawAsync(new DiagramRequest { Expression = "L = sum((x @ w)^2)", Format = DiagramFormat.Dot });
        picture.ShouldContain("x @ w");
        picture.ShouldNotContain("L.1");
    }

    [Fact]
    public async Task A_constant_has_a_gradient_if_wrt_names_it()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Constants = [new ConstantContract { Name = "w", Value = Vector(2, 3) }, new ConstantContract { Name = "s", Value = 5.0 }],
            Nodes =
            [
                new NodeContract { Name = "p", Op = "Mul", Inputs = ["x", "w"] }, new NodeContract { Name = "q", Op = "Mul", Inputs = ["p", "s"] },
                new NodeContract { Name = "L", Op = "ReduceSum", Inputs = ["q"], Attributes = new Dictionary<string, AttributeContract> { ["keepdims"] = 0 } },
            ],
            Outputs = ["L"],
        };
        var request = new DiagramRequest { Graph = graph, Inputs = Values(("x", Vector(7, 11))), Format = DiagramFormat.Dot };
        string plain = await api.Api.DrawAsync(request);
        plain.ShouldContain("∂L/∂x = [10, 15]");
        plain.ShouldNotContain("∂L/∂w");
        string full = await api.Api.DrawAsync(request with { Wrt = ["*"] });
        full.ShouldContain("∂L/∂w = [35, 55]");
        full.ShouldContain("∂L/∂s = 47");
        (await api.Api.DrawAsync(request with { Wrt = ["w"] })).ShouldNotContain("∂L/∂x");
    }

    [Theory]
    [InlineData("y = x^2", "No gradients: the output 'y' has shape [2], and a gradient is that of one number")]
    [InlineData("y = argmax(x)", "No gradients: the output 'y' is int64, which has no derivative")]
    public async Task Without_a_gradient_the_legend_says_why(string expression, string reason)
    {
        string picture = await api.Api.DrawAsync(new DiagramRequest { Expression = expression, Inputs = Values(("x", Vector(1, 2))) });
        string.Join(' ', XDocument.Parse(picture).Descendants().Where(element => (string?)element.Attribute("class") == "bp-note").Select(element => element.Value))
            .ShouldContain(reason);
    }

    [Fact]
    public async Task A_seed_an_output_and_a_batch_give_gradients()
    {
        var inputs = Values(("x", Vector(1, 2)));
        var request = new DiagramRequest { Expression = "y = x^2", Inputs = inputs, Format = DiagramFormat.Dot };
        (await api.Api.DrawAsync(request with { Seed = Vector(10, 1) })).ShouldContain("∂y/∂x = [20, 4]");
        (await api.Api.DrawAsync(request with { Batch = ["x"] })).ShouldContain("∂y/∂x = [2, 4]");
        var several = new DiagramRequest { Graph = Symbolic, Inputs = Values(("x", TensorValue.Of([0.0, 0, 0], 1, 3))), Format = DiagramFormat.Dot, Output = "z" };
        (await api.Api.DrawAsync(several)).ShouldContain("∂z/∂x = [[1, 1, 1]]");
    }

    [Theory]
    [InlineData("wrt", """ "wrt":["q"] """)]
    [InlineData("output", """ "output":"q" """)]
    [InlineData("seed", """ "seed":[1,2,3] """)]
    public async Task What_the_request_asks_for_is_validated_as_by_gradients(string path, string member)
    {
        string body = $$"""{"expression":"y = x^2","inputs":{"x":[1,2]},{{member}}}""";
        foreach (string route in new[] { "/diagrams", "/gradients" })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            var problem = await (await api.Http.PostAsync(route, content)).ShouldBeProblemAsync(System.Net.HttpStatusCode.UnprocessableEntity);
            problem["errors"]!.AsObject().ShouldContain(error => error.Key.StartsWith(path), route);
        }
    }

    private static StringContent Body(DiagramRequest request) =>
        new(System.Text.Json.JsonSerializer.Serialize(request, BackpropJson.Create()), System.Text.Encoding.UTF8, "application/json");
}

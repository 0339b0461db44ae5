using System.Text;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;
using static Backprop.Api.Tests.Derivatives.Given;

namespace Backprop.Api.Tests.Derivatives;

public sealed partial class PlanTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_plan_is_compiled_once()
    {
        const string body = """{"expression":"L = sum(tanh(x)*exp(x))","inputs":{"x":[1,2,3]}}""";
        (await TimingAsync(body)).ShouldBeGreaterThan(0);
        (await TimingAsync(body)).ShouldBe(0);
        (await TimingAsync("""{"expression":"L = sum(tanh(x)*exp(x))","inputs":{"x":[4,5,6]}}""")).ShouldBe(0);
        (await TimingAsync("""{"expression":"L = sum(tanh(x)*exp(x))","inputs":{"x":[4,5]}}""")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_same_request_has_the_same_bytes()
    {
        string[] values = [.. Enumerable.Range(0, 5000).Select(i => $"{Math.Sin(i):R}")];
        string body = $$"""{"expression":"L = mean(exp(sin(x))*x)","inputs":{"x":[{{string.Join(',', values)}}]},"encoding":"base64"}""";
        string first = await PostAsync(body);
        for (int i = 0; i < 5; i++)
        {
            (await PostAsync(body)).ShouldBe(first);
        }
    }

    [Fact]
    public async Task Spellings_of_one_graph_have_one_id()
    {
        var axes = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Nodes = [new NodeContract { Name = "y", Op = "ReduceSum", Inputs = ["s"], Attributes = new Dictionary<string, AttributeContract> { ["axes"] = new long[] { 0 }, ["keepdims"] = 1L } }, new NodeContract { Name = "s", Op = "Sin", Inputs = ["x"] }],
            Outputs = ["y"],
        };
        var operand = axes with
        {
            Constants = [new ConstantContract { Name = "k", Value = Integers(0) }],
            Nodes = [new NodeContract { Name = "s", Op = "Sin", Inputs = ["x"] }, new NodeContract { Name = "y", Op = "ReduceSum", Inputs = ["s", "k"] }],
        };
        string id = await IdAsync(axes);
        id.Length.ShouldBe(64);
        (await IdAsync(operand)).ShouldBe(id);
        (await IdAsync(axes with { Inputs = [new InputContract { Name = "x", DType = ElementType.Float64 }] })).ShouldNotBe(id);
    }

    [Fact]
    public async Task Integers_that_decide_shapes_decide_the_plan()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }, new InputContract { Name = "n", DType = ElementType.Int64 }],
            Nodes = [new NodeContract { Name = "y", Op = "Tile", Inputs = ["x", "n"] }],
            Outputs = ["y"],
        };
        foreach (long times in new long[] { 2, 3, 2 })
        {
            var answer = await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", Vector(1, 2)), ("n", Integers(times))) });
            answer.Outputs["y"].ShouldBe([.. Enumerable.Repeat(new double[] { 1, 2 }, (int)times).SelectMany(x => x)]);
        }
    }

    [Fact]
    public async Task A_float_that_decides_a_shape_has_no_derivative()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Nodes = [new NodeContract { Name = "n", Op = "Cast", Inputs = ["x"], Attributes = new Dictionary<string, AttributeContract> { ["to"] = 7L } }, new NodeContract { Name = "y", Op = "Tile", Inputs = ["x", "n"] }],
            Outputs = ["y"],
        };
        foreach (int n in (int[])[2, 3, 2])
        {
            (await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", Vector(n))) })).Outputs["y"].ShouldBe([.. Enumerable.Repeat((double)n, n)]);
        }

        await api.Api.GradientAsync(new GradientRequest { Graph = graph, Inputs = Values(("x", Vector(2))), Wrt = ["x"], Seed = Vector(1, 1) }).ShouldBeRefusedAsync("wrt[0]");
    }

    private async Task<string> IdAsync(GraphContract graph) => (await api.Api.EvaluateAsync(new EvaluationRequest { Graph = graph, Inputs = Values(("x", Vector(1, 2))) })).GraphId;

    private async Task<string> PostAsync(string body)
    {
        using var response = await api.Http.PostAsync("/gradients", new StringContent(body, Encoding.UTF8, "application/json"));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<double> TimingAsync(string body)
    {
        using var response = await api.Http.PostAsync("/gradients", new StringContent(body, Encoding.UTF8, "application/json"));
        string timing = string.Join(", ", response.Headers.GetValues("Server-Timing"));
        timing.ShouldContain("parse;dur=");
        timing.ShouldContain("run;dur=");
        return double.Parse(Compile().Match(timing).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"compile;dur=([\d.]+)")]
    private static partial Regex Compile();
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.FastPath;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.FastPath;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx;
using Backprop.Infrastructure.Formats.Onnx.Schema;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Onnx;

/// <summary>A model can be used wherever a graph is named.</summary>
public sealed class RouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string Mlp = Convert.ToBase64String(RecordedModel.File("mlp"));
    private static readonly string Inputs = JsonSerializer.Serialize(RecordedModel.Of("mlp").Inputs, BackpropJson.Create());

    [Theory]
    [InlineData("/evaluations", "")]
    [InlineData("/gradients", ",\"wrt\":[\"layers.0.bias\"],\"trace\":true")]
    [InlineData("/jacobian-vector-products", ",\"tangents\":{}")]
    [InlineData("/vector-jacobian-products", ",\"wrt\":[\"layers.4.bias\"],\"cotangents\":{\"loss\":1}")]
    [InlineData("/jacobians", ",\"wrt\":[\"layers.4.bias\"]")]
    [InlineData("/hessians", ",\"wrt\":[\"layers.4.bias\"]")]
    [InlineData("/hessian-vector-products", ",\"wrt\":[\"layers.4.bias\"],\"tangents\":{}")]
    [InlineData("/gradient-checks", ",\"wrt\":[\"x\"],\"epsilon\":0.01,\"rtol\":1,\"atol\":1")]
    [InlineData("/diagrams", ",\"format\":\"mermaid\"")]
    [InlineData("/step-costs", ",\"wrt\":[\"*\"]")]
    [InlineData("/finite-difference-times", "")]
    [InlineData("/checkpoint-plans", ",\"wrt\":[\"layers.0.bias\"]")]
    public async Task Every_route_takes_a_model(string route, string rest)
    {
        HttpResponseMessage answer = await api.Http.PostAsync(route, Probes.Json($$"""{"onnx":"{{Mlp}}","inputs":{{Inputs}}{{rest}}}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_model_is_registered_as_it_is()
    {
        using var file = new MemoryStream(RecordedModel.File("mlp"));
        GraphSummary graph = await api.Api.RegisterModelAsync(file, "a-model");
        graph.Alias.ShouldBe("a-model");
        graph.Inputs.Select(input => input.Name).ShouldBe(["x", "labels"]);
        GraphSummary same = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Onnx = RecordedModel.File("mlp") });
        same.Id.ShouldBe(graph.Id);
        RecordedModel model = RecordedModel.Of("mlp");
        GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { GraphId = "a-model", Inputs = model.Inputs, Wrt = ["*"] });
        answer.GraphId.ShouldBe(graph.Id);
        answer.Value.AsDouble().ShouldBe(model.Value, 1e-5);
        answer.Gradients.Keys.ShouldContain("layers.0.weight");
        GraphContract read = await api.Api.GetGraphAsync("a-model");
        (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = read })).Id.ShouldBe(graph.Id);
    }

    [Fact]
    public async Task Bytes_that_are_no_model_are_refused()
    {
        JsonObject problem = await (await PostAsync("application/onnx")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("onnx").ShouldContain("not a valid ONNX model");
        await (await PostAsync("application/octet-stream")).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);

        async Task<HttpResponseMessage> PostAsync(string type)
        {
            using var body = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            return await api.Http.PostAsync("/graphs", body);
        }
    }

    [Theory]
    [InlineData("a", "a", 3, "the graph has a cycle")]
    [InlineData("x", "none", 3, "there is no value named 'none'")]
    [InlineData("x", "a", int.MaxValue, "Limits:MaxElements")]
    public async Task A_hostile_model_is_refused(string first, string second, int extent, string why)
    {
        OnnxNode[] nodes = [Node("Relu", first == "a" ? "b" : first, "a"), Node("Exp", first == "a" ? "a" : second, "b"), Node("ReduceSum", "b", "out")];
        var model = new OnnxModel
        {
            OperatorSets = [new OperatorSet("", 17)],
            Graph = new OnnxGraph
            {
                Nodes = nodes,
                Inputs = [new OnnxValue("x", Infrastructure.Formats.Onnx.Schema.OnnxElementType.Float, [new Dimension(extent), new Dimension(extent)])],
                Outputs = [new OnnxValue("out")],
            },
        };
        string body = $$"""{"onnx":"{{Convert.ToBase64String(ModelWriter.Write(model))}}"}""";
        JsonObject problem = await (await api.Http.PostAsync("/step-costs", Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["detail"]!.GetValue<string>().ShouldContain(why);
    }

    [Fact]
    public async Task A_refusal_names_the_node()
    {
        var model = new OnnxModel
        {
            OperatorSets = [new OperatorSet("", 17)],
            Graph = new OnnxGraph
            {
                Nodes = [Node("Exp", "x", "y"), Node("Concat", "y", "z")],
                Inputs = [new OnnxValue("x")],
                Outputs = [new OnnxValue("z")],
            },
        };
        string body = $$"""{"onnx":"{{Convert.ToBase64String(ModelWriter.Write(model))}}","inputs":{"x":1} }""";
        JsonObject problem = await (await api.Http.PostAsync("/gradients", Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.ErrorAt("onnx").ShouldContain("Concat needs the attribute axis");
        ((string?)problem["node"]).ShouldBe("z");
    }

    [Fact]
    public async Task A_model_that_was_seen_is_not_read_again()
    {
        string body = $$"""{"onnx":"{{Mlp}}","wrt":["layers.0.bias"],"inputs":{{Inputs}}}""";
        Exchange first = await Exchange.PostAsync(api.Http, "/gradients", body);
        await Exchange.PostAsync(api.Http, "/gradients", body);
        var plans = api.Services.GetRequiredService<PreparedRequestCache>();
        long before = plans.Answers;
        (await Exchange.PostAsync(api.Http, "/gradients", body)).ShouldBe(first);
        (plans.Answers - before).ShouldBe(1);
    }

    [Fact]
    public async Task Gradient_is_an_operator_of_registered_graphs_too()
    {
        var graph = new GraphContract
        {
            Inputs = [new InputContract { Name = "x" }],
            Nodes =
            [
                new NodeContract { Name = "y", Op = "Exp", Inputs = ["x"] },
                new NodeContract
                {
                    Name = "d",
                    Op = "Gradient",
                    Inputs = ["x"],
                    Attributes = new Dictionary<string, AttributeContract> { ["xs"] = new[] { "x" }, ["y"] = "y" },
                },
            ],
            Outputs = ["d"],
        };
        GraphSummary registered = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = graph });
        GradientAnswer answer = await api.Api.GradientAsync(new GradientRequest { GraphId = registered.Id, Inputs = Given.Values(("x", 0.5)) });
        answer.Value.AsDouble().ShouldBe(Math.Exp(0.5), 1e-12);
        answer.Gradients["x"].AsDouble().ShouldBe(Math.Exp(0.5), 1e-12);
    }

    private static OnnxNode Node(string op, string input, string output) => new() { Operator = op, Inputs = [input], Outputs = [output] };
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Graphs;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Registry;

public sealed class RegistrationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_graph_is_created_once()
    {
        using var first = await PostAsync("""{"expression":"L = a*17"}""");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        JsonNode summary = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        string id = summary["id"]!.GetValue<string>();
        first.Headers.Location!.ToString().ShouldBe($"/graphs/{id}");
        summary["outputs"]!.ToJsonString().ShouldBe("""["L"]""");
        summary["nodes"]!.GetValue<int>().ShouldBe(1);
        summary["inputs"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("a");

        using var second = await PostAsync("""{"inputs":[{"name":"a"}],"nodes":[{"name":"L","op":"Mul","inputs":["a",17]}],"outputs":["L"]}""");
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonNode.Parse(await second.Content.ReadAsStringAsync())!["id"]!.GetValue<string>().ShouldBe(id);
        (await api.Http.GetAsync(first.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_alias_is_valid_wherever_an_id_is()
    {
        var summary = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = Given.SquareOfSumGraph, Alias = "Squared_sum-1.0" });
        summary.Alias.ShouldBe("Squared_sum-1.0");
        var answer = await api.Api.GradientAsync(new GradientRequest { GraphId = "Squared_sum-1.0", Inputs = Given.Point });
        (answer.GraphId, answer.Gradients["a"].AsDouble()).ShouldBe((summary.Id, -24));
        (await api.Api.GetGraphAsync("Squared_sum-1.0")).Outputs.ShouldBe(["L"]);
        (await api.Api.GetGradientGraphAsync("Squared_sum-1.0", wrt: ["a"])).Outputs.ShouldBe(["dL/da"]);
    }

    [Fact]
    public async Task An_unknown_name_is_told_with_the_nearest_alias_or_the_id_that_it_abbreviates()
    {
        string id = (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*1.75", Alias = "Nearest-Name" })).Id;
        foreach ((string typed, string meant) in ((string, string)[])[("nearest-name", "Nearest-Name"), ("Nearest-Nmae", "Nearest-Name"), (id[..10], id), (id[..8].ToUpperInvariant(), id)])
        {
            foreach (string path in (string[])[$"/graphs/{typed}", $"/graphs/{typed}/gradient-graph", $"/graphs/{typed}/training-step", $"/diagrams?graphId={typed}"])
            {
                (await (await api.Http.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.NotFound)).ErrorAt("graphId").ShouldContain($"did you mean '{meant}'?");
            }

            HttpResponseMessage computed = await api.Http.PostAsync("/gradients", Probes.Json($$$"""{"graphId":"{{{typed}}}","inputs":{"a":1}}"""));
            (await computed.ShouldBeProblemAsync(HttpStatusCode.NotFound)).ErrorAt("graphId").ShouldContain($"did you mean '{meant}'?");
        }

        HttpResponseMessage strange = await api.Http.GetAsync($"/graphs/{new string('q', 500)}");
        (await strange.ShouldBeProblemAsync(HttpStatusCode.NotFound)).ErrorAt("graphId").ShouldNotContain("did you mean");
    }

    [Fact]
    public async Task A_second_alias_stands_beside_the_first()
    {
        foreach (string alias in new[] { "beside-1", "beside-2", "beside-1" })
        {
            using var response = await PostAsync($$"""{"expression":"L = a*21","alias":"{{alias}}"}""");
            GraphSummary summary = (await response.Content.ReadFromJsonAsync<GraphSummary>(BackpropJson.Create()))!;
            (summary.Alias, summary.Aliases[0], summary.Pinned).ShouldBe((alias, "beside-1", false));
        }

        foreach (string alias in new[] { "beside-1", "beside-2" })
        {
            (await api.Api.GetGraphAsync(alias)).Outputs.ShouldBe(["L"]);
        }

        string info = await api.Http.GetStringAsync("/Info");
        info.IndexOf("beside-1", StringComparison.Ordinal).ShouldBeInRange(0, info.IndexOf("beside-2", StringComparison.Ordinal));
        (await api.Http.GetAsync("/tesseracts/beside-2/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("price\u200b")]
    [InlineData("pr\u0456ce")]
    public async Task An_alias_that_could_be_mistaken_is_refused(string alias)
    {
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a", Alias = alias }).ShouldBeRefusedAsync("alias");
        var model = new ByteArrayContent([]) { Headers = { { "Content-Type", "application/onnx" } } };
        using var response = await api.Http.PostAsync($"/graphs?alias={Uri.EscapeDataString(alias)}", model);
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("alias").ShouldContain("ASCII");
    }

    [Fact]
    public async Task An_alias_names_one_graph()
    {
        (await PostAsync("""{"expression":"L = a*18","alias":"taken"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PostAsync("""{"expression":"L = a*18","alias":"taken"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await PostAsync("""{"expression":"L = a*19","alias":"taken"}""");
        (await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict)).ErrorAt("alias").ShouldContain("taken");
    }

    [Fact]
    public async Task The_write_key_moves_an_alias_and_pins()
    {
        await PostAsync("""{"expression":"L = a*22","alias":"latest"}""");
        GraphSummary moved = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*23", Alias = "latest" });
        (moved.Alias, moved.Pinned).ShouldBe(("latest", true));
        var answer = await api.Api.EvaluateAsync(new EvaluationRequest { GraphId = "latest", Inputs = new Dictionary<string, TensorValue> { ["a"] = 2.0 } });
        answer.Outputs["L"].AsDouble().ShouldBe(46);
    }

    [Fact]
    public async Task What_is_registered_is_canonical_and_comes_back_as_it_is()
    {
        var summary = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "y = softmax(x)*2 + leaky_relu(x)" });
        GraphContract graph = await api.Api.GetGraphAsync(summary.Id);
        graph.Nodes.Select(node => node.Op).ShouldContain("LeakyRelu");
        graph.Nodes.Single(node => node.Op == "LeakyRelu").Attributes.ShouldNotBeNull().ShouldContainKey("alpha");
        (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = graph })).Id.ShouldBe(summary.Id);
    }

    [Fact]
    public async Task A_graph_that_is_not_sound_is_refused()
    {
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = nosuch(x)" }).ShouldBeRefusedAsync("expression");
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Inputs = [], Nodes = [new NodeContract { Name = "y", Op = "Neg", Inputs = ["y"] }], Outputs = ["y"] }).ShouldBeRefusedAsync("nodes[0]");
    }

    [Fact]
    public async Task Deleting_needs_the_key()
    {
        var summary = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*20" });
        (await api.Http.DeleteAsync($"/graphs/{summary.Id}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await api.Api.DeleteGraphAsync(summary.Id);
        (await api.Http.GetAsync($"/graphs/{summary.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Should.ThrowAsync<Refit.ApiException>(api.Api.DeleteGraphAsync(summary.Id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await api.Api.EvaluateAsync(new EvaluationRequest { GraphId = summary.Id }).ShouldBeRefusedAsync("graphId", 404);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => api.Http.PostAsync("/graphs", new StringContent(body, Encoding.UTF8, "application/json"));
}

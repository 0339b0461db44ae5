using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
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
        var summary = await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Graph = Given.SquareOfSumGraph, Alias = "squared sum, 100% é" });
        summary.Alias.ShouldBe("squared sum, 100% é");
        var answer = await api.Api.GradientAsync(new GradientRequest { GraphId = "squared sum, 100% é", Inputs = Given.Point });
        (answer.GraphId, answer.Gradients["a"].AsDouble()).ShouldBe((summary.Id, -24));
        (await api.Api.GetGraphAsync("squared sum, 100% é")).Outputs.ShouldBe(["L"]);
        (await api.Api.GetGradientGraphAsync("squared sum, 100% é", wrt: ["a"])).Outputs.ShouldBe(["dL/da"]);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public async Task An_alias_that_cannot_stand_in_a_path_is_refused(string alias) =>
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a", Alias = alias }).ShouldBeRefusedAsync("alias");

    [Fact]
    public async Task An_alias_names_one_graph()
    {
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*18", Alias = "taken" });
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*18", Alias = "taken" });
        await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = "L = a*19", Alias = "taken" }).ShouldBeRefusedAsync("alias", 409);
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

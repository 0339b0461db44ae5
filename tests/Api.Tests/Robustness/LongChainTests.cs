using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

[Collection(nameof(Alone))]
public sealed class LongChainTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Nodes = 100_000;

    [Fact]
    public async Task A_chain_of_a_hundred_thousand_nodes_has_its_gradient()
    {
        JsonNode answer = await AskAsync("/gradients", Chains.Body(Nodes));
        (double value, double byX, double byW) = Chains.Expected(Nodes);
        answer["value"]!.GetValue<double>().ShouldBe(value, 1e-12);
        answer["gradients"]!["x"]!.GetValue<double>().ShouldBe(byX, 1e-12);
        answer["gradients"]!["w"]!.GetValue<double>().ShouldBe(byW, 1e-12);
    }

    [Fact]
    public async Task A_short_chain_agrees_too()
    {
        JsonNode answer = await AskAsync("/gradients", Chains.Body(7));
        (double value, double byX, double byW) = Chains.Expected(7);
        answer["value"]!.GetValue<double>().ShouldBe(value, 1e-14);
        answer["gradients"]!["x"]!.GetValue<double>().ShouldBe(byX, 1e-14);
        answer["gradients"]!["w"]!.GetValue<double>().ShouldBe(byW, 1e-14);
    }

    [Fact]
    public async Task An_expression_of_a_hundred_thousand_sums_has_its_gradient()
    {
        var answer = await api.Api.GradientAsync(new GradientRequest
        {
            Expression = "L = x" + string.Concat(Enumerable.Repeat(" + x", Nodes - 1)),
            Inputs = new Dictionary<string, TensorValue> { ["x"] = 2 },
        });
        answer.Gradients["x"].AsDouble().ShouldBe(Nodes);
    }

    [Fact]
    public async Task Each_step_of_a_long_chain_can_be_told()
    {
        const int told = 20_000;
        JsonNode answer = await AskAsync("/gradients", Chains.Body(told, trace: true));
        answer["steps"]!["forward"]!.AsArray().Count.ShouldBe(told);
        answer["steps"]!["backward"]!.AsArray().Count.ShouldBe(told + 2);
    }

    [Fact]
    public async Task A_value_used_often_has_a_contribution_for_each_use()
    {
        const int uses = 5_000;
        string operands = string.Join(',', Enumerable.Repeat("\"x\"", uses));
        var answer = await AskAsync("/gradients", System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"s","op":"Sum","inputs":[{{{operands}}}]}],"outputs":["s"]},"inputs":{"x":3},"trace":true}"""));
        var step = answer["steps"]!["backward"]!.AsArray()[^1]!;
        step["gradient"]!.GetValue<double>().ShouldBe(uses);
        step["contributions"]!.AsArray().Count.ShouldBe(uses);
    }

    private async Task<JsonNode> AskAsync(string route, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await api.Http.PostAsync(route, content);
        string answer = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer[..Math.Min(answer.Length, 500)]);
        return JsonNode.Parse(answer)!;
    }
}

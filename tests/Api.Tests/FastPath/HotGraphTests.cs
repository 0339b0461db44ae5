using System.Text.Json.Nodes;
using Backprop.Api.FastPath;
using Backprop.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.FastPath;

public sealed class HotGraphTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private PreparedRequestCache Plans => api.Services.GetRequiredService<PreparedRequestCache>();

    [Fact]
    public async Task A_registered_graph_that_was_deleted_is_missed()
    {
        string id = await RegisterAsync("""{"expression":"L = a*b + 41"}""");
        string body = $$"""{"graphId":"{{id}}","inputs":{"a":2,"b":3} }""";
        Exchange first = await Exchange.PostAsync(api.Http, "/gradients", body);
        first.Status.ShouldBe(200);
        long before = Plans.Answers;
        (await Exchange.PostAsync(api.Http, "/gradients", body)).ShouldBe(first);
        Plans.Answers.ShouldBeGreaterThan(before);

        await api.Api.DeleteGraphAsync(id);
        (await Exchange.PostAsync(api.Http, "/gradients", body)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_alias_stands_for_the_graph_that_it_names_now()
    {
        const string body = """{"graphId":"moving","inputs":{"a":2,"b":3} }""";
        string sum = await RegisterAsync("""{"expression":"L = a + b","alias":"moving"}""");
        JsonNode.Parse((await Exchange.PostAsync(api.Http, "/evaluations", body)).Body)!["outputs"]!["L"]!.GetValue<double>().ShouldBe(5);
        JsonNode.Parse((await Exchange.PostAsync(api.Http, "/evaluations", body)).Body)!["outputs"]!["L"]!.GetValue<double>().ShouldBe(5);

        await api.Api.DeleteGraphAsync(sum);
        await RegisterAsync("""{"expression":"L = a * b","alias":"moving"}""");
        JsonNode.Parse((await Exchange.PostAsync(api.Http, "/evaluations", body)).Body)!["outputs"]!["L"]!.GetValue<double>().ShouldBe(6);
    }

    [Fact]
    public async Task Values_that_decide_shapes_are_looked_at_every_time()
    {
        const string body = """{"graph":{"inputs":[{"name":"x"},{"name":"n","dtype":"int64"}],"nodes":[{"name":"y","op":"Tile","inputs":["x","n"]}],"outputs":["y"]},"inputs":{"x":[1,2],"n":[2]}}""";
        foreach (int times in new[] { 2, 2, 3, 2, 1 })
        {
            Exchange answer = await Exchange.PostAsync(api.Http, "/evaluations", body.Replace("\"n\":[2]", $"\"n\":[{times}]"));
            JsonNode.Parse(answer.Body)!["outputs"]!["y"]!.AsArray().Count.ShouldBe(2 * times);
        }
    }

    [Fact]
    public async Task A_kernel_that_refuses_a_value_says_so_hot_as_well()
    {
        const string body = """{"graph":{"inputs":[{"name":"x"},{"name":"i","dtype":"int64"}],"nodes":[{"name":"y","op":"Gather","inputs":["x","i"]}],"outputs":["y"]},"inputs":{"x":[1,2],"i":[0,1]}}""";
        (await Exchange.PostAsync(api.Http, "/evaluations", body)).Status.ShouldBe(200);
        string outside = body.Replace("\"i\":[0,1]", "\"i\":[0,7]");
        Exchange hot = await Exchange.PostAsync(api.Http, "/evaluations", outside);
        hot.Status.ShouldBe(422);
        (await Exchange.PostOrdinarilyAsync(api.Http, "/evaluations", outside)).ShouldBe(hot);
    }

    [Fact]
    public async Task A_result_that_is_not_finite_is_warned_of_hot_as_well()
    {
        const string body = """{"expression":"L = log(a)*b","inputs":{"a":2,"b":3} }""";
        await Exchange.PostAsync(api.Http, "/gradients", body);
        string zero = body.Replace("\"a\":2", "\"a\":0");
        Exchange hot = await Exchange.PostAsync(api.Http, "/gradients", zero);
        hot.Body.ShouldContain("log of 0");
        (await Exchange.PostOrdinarilyAsync(api.Http, "/gradients", zero)).ShouldBe(hot);
    }

    [Fact]
    public async Task Every_option_belongs_to_what_is_asked()
    {
        const string head = """{"expression":"L = sum(x*x)","inputs":{"x":[3,4]}""";
        string[] options = ["", ""","clipNorm":1""", ""","clipNorm":2""", ""","dtype":"float32" """, ""","encoding":"flat" """, ""","wrt":["x"]""", ""","trace":true""", ""","batch":["x"]""", ""","checkpointing":"sqrt" """, ""","seed":2"""];
        foreach (string option in options)
        {
            Exchange first = await Exchange.PostOrdinarilyAsync(api.Http, "/gradients", head + option + "}");
            for (int i = 0; i < 3; i++)
            {
                Untimed(await Exchange.PostAsync(api.Http, "/gradients", head + option + "}")).ShouldBe(Untimed(first), option);
            }
        }
    }

    private static string Untimed(Exchange exchange)
    {
        JsonNode answer = JsonNode.Parse(exchange.Body)!;
        (answer["checkpointing"] as JsonObject)?.Remove("runMs");
        return $"{exchange.Status} {answer.ToJsonString()}";
    }

    private async Task<string> RegisterAsync(string body)
    {
        Exchange answer = await Exchange.PostAsync(api.Http, "/graphs", body);
        answer.Status.ShouldBe(201);
        return JsonNode.Parse(answer.Body)!["id"]!.GetValue<string>();
    }
}

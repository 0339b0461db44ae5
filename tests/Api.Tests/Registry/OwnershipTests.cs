using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Registry;

/// <summary>A client cannot change the graphs of others.</summary>
public sealed class OwnershipTests
{
    private const string Victim = "198.51.100.1";
    private const string Attacker = "203.0.113.7";

    [Fact]
    public async Task Nobody_takes_over_an_alias()
    {
        await using var api = new ClientsFixture();
        await RegisterAsync(api, Victim, "(a*b + c)^2", "price-model", HttpStatusCode.Created);
        await RegisterAsync(api, Attacker, "(a*b + c)^2", "zzz", HttpStatusCode.OK);
        using HttpResponseMessage refused = await PostAsync(api, Attacker, "a + b + c + 1000000", "price-model");
        (await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict)).ErrorAt("alias").ShouldContain("price-model");

        var question = new { graphId = "price-model", inputs = new { a = 2, b = -3, c = 10 } };
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await api.SendAsync(Victim, HttpMethod.Post, "/gradients", question);
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["value"]!.GetValue<double>().ShouldBe(16);
        }
    }

    [Fact]
    public async Task A_client_that_registers_without_end_displaces_itself_alone()
    {
        await using var api = new ClientsFixture(("Limits:ClientGraphs", "5"), ("Limits:RegisteredGraphs", "8"));
        await RegisterAsync(api, Victim, "x*7", "mine", HttpStatusCode.Created);
        string pinned = await RegisterAsync(api, Attacker, "x*8", null, HttpStatusCode.Created, ApiFixture.WriteKey);
        for (int i = 100; i < 130; i++)
        {
            await RegisterAsync(api, Attacker, $"x*{i}", $"flood-{i}", HttpStatusCode.Created);
        }

        await RegisterAsync(api, Victim, "x*9", "mine-too", HttpStatusCode.Created);
        await RegisterAsync(api, "2001:db8:1::1", "x*10", "theirs", HttpStatusCode.Created);
        foreach (string name in new[] { "mine", "mine-too", "theirs", pinned, "flood-129" })
        {
            (await api.Http.GetAsync($"/graphs/{name}")).StatusCode.ShouldBe(HttpStatusCode.OK, name);
        }

        (await api.Http.GetAsync("/graphs/flood-100")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonNode list = JsonNode.Parse(await api.Http.GetStringAsync("/graphs?limit=100"))!;
        list["items"]!.AsArray().Count.ShouldBe(8);
        list.ToJsonString().ShouldNotContain(Attacker);
        list["items"]!.AsArray().Where(item => item!["pinned"]!.GetValue<bool>()).ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(pinned);
    }

    [Fact]
    public async Task The_addresses_of_one_network_are_one_client()
    {
        await using var api = new ClientsFixture(("Limits:ClientGraphs", "2"));
        for (int i = 0; i < 6; i++)
        {
            await RegisterAsync(api, $"2001:db8:0:7::{i:x}", $"x*{i}", null, HttpStatusCode.Created);
        }

        JsonNode.Parse(await api.Http.GetStringAsync("/graphs"))!["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Bytes_are_limited_too()
    {
        string large = string.Join(" + ", Enumerable.Range(0, 400).Select(i => $"sin(x{i}*{i}.5)"));
        await using var api = new ClientsFixture(("Limits:ClientGraphBytes", "60000"), ("Limits:GraphBytes", "50000"));
        for (int i = 0; i < 8; i++)
        {
            await RegisterAsync(api, Attacker, $"{large} + {i}", $"large-{i}", HttpStatusCode.Created);
        }

        (await api.Http.GetAsync("/graphs/large-0")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.Http.GetAsync("/graphs/large-7")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var narrow = new ClientsFixture(("Limits:GraphBytes", "5000"));
        using HttpResponseMessage refused = await PostAsync(narrow, Attacker, large, null);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity))["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:GraphBytes");
        await RegisterAsync(narrow, Attacker, large, null, HttpStatusCode.Created, ApiFixture.WriteKey);
    }

    [Fact]
    public async Task A_graph_that_is_used_stays()
    {
        await using var api = new ClientsFixture(("Limits:ClientGraphs", "3"));
        await RegisterAsync(api, Victim, "x*1", "used", HttpStatusCode.Created);
        for (int i = 2; i < 6; i++)
        {
            await RegisterAsync(api, Victim, $"x*{i}", null, HttpStatusCode.Created);
            using HttpResponseMessage answer = await api.SendAsync(Attacker, HttpMethod.Post, "/evaluations", new { graphId = "used", inputs = new { x = i } });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await api.Http.GetAsync("/graphs/used")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Registrations_at_once_keep_to_the_quotas_and_none_fails()
    {
        await using var api = new ClientsFixture(("Limits:ClientGraphs", "6"), ("Limits:RegisteredGraphs", "10"), ("Limits:QueueLength", "1000"), ("Limits:QueueSeconds", "600"));
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => PostAsync(api, $"10.0.0.{i % 4}", $"x*{i}", $"g-{i}")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        JsonNode.Parse(await api.Http.GetStringAsync("/graphs?limit=100"))!["items"]!.AsArray().Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_write_key_registers_where_computing_needs_a_key()
    {
        await using var api = new ClientsFixture(("ApiKeys:Compute", "c"));
        (await PostAsync(api, Victim, "x", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await JsonAsync(await PostAsync(api, Victim, "x", null, "c")))["pinned"]!.GetValue<bool>().ShouldBeFalse();
        (await JsonAsync(await PostAsync(api, Victim, "x", null, ApiFixture.WriteKey)))["pinned"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static async Task<string> RegisterAsync(ClientsFixture api, string address, string expression, string? alias, HttpStatusCode status, string? apiKey = null)
    {
        using HttpResponseMessage response = await PostAsync(api, address, expression, alias, apiKey);
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        return (await JsonAsync(response))["id"]!.GetValue<string>();
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private static Task<HttpResponseMessage> PostAsync(ClientsFixture api, string address, string expression, string? alias, string? apiKey = null) =>
        api.SendAsync(address, HttpMethod.Post, "/graphs", new { expression = $"L = {expression}", alias }, apiKey);
}

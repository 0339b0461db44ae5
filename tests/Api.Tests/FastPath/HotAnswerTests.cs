using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Backprop.Api.FastPath;
using Backprop.Api.Tests.Hosting;
using Backprop.Api.Tests.Robustness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.FastPath;

public sealed class HotAnswerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Seed = """{"graph":{"inputs":[{"name":"a"},{"name":"b"},{"name":"c"}],"nodes":[{"name":"d","op":"Mul","inputs":["a","b"]},{"name":"e","op":"Add","inputs":["d","c"]},{"name":"L","op":"Pow","inputs":["e",2]}],"outputs":["L"]},"inputs":{"a":2,"b":-3,"c":10}}""";

    private PreparedRequestCache Plans => api.Services.GetRequiredService<PreparedRequestCache>();

    [Fact]
    public async Task A_hot_request_has_the_answer_of_an_ordinary_one_whatever_is_asked()
    {
        var failures = new ConcurrentBag<string>();
        (string Route, string Body)[] requests = [.. ValidBodies.All().Where(request => request.Route is not ("/graphs" or "/diagrams" or "/gradient-checks"))];
        long before = Plans.Answers;
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (request, _) =>
        {
            (string route, string body) = request;
            string other = Perturbed(body);
            Exchange cold = await Exchange.PostAsync(api.Http, route, body);
            Exchange[] answers =
            [
                cold, await Exchange.PostAsync(api.Http, route, body),
                await Exchange.PostOrdinarilyAsync(api.Http, route, other), await Exchange.PostAsync(api.Http, route, other),
            ];
            if (answers[0] != answers[1] || answers[2] != answers[3])
            {
                failures.Add($"{route} {body}: {string.Join(" | ", answers.Select(answer => answer.Body))}");
            }
        });
        failures.ShouldBeEmpty();
        (Plans.Answers - before).ShouldBeGreaterThan(requests.Length);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("[1,2]")]
    [InlineData("[[1],[2,3]]")]
    [InlineData("true")]
    [InlineData("{\"shape\":[],\"dtype\":\"int64\",\"data\":[1]}")]
    [InlineData("{\"shape\":[],\"dtype\":\"float32\",\"data\":[1]}")]
    [InlineData("{\"shape\":[],\"dtype\":\"float64\",\"data\":[\"NaN\"]}")]
    [InlineData("{\"shape\":[1],\"data\":[1]}")]
    [InlineData("\"Infinity\"")]
    [InlineData("1.5e3")]
    [InlineData("9007199254740993")]
    [InlineData("01")]
    [InlineData("1,")]
    [InlineData("1,\"b\":2")]
    [InlineData("1},\"inputs\":{\"a\":2")]
    [InlineData("1}} {\"a\":{\"b\":1")]
    [InlineData("1 /* none */")]
    [InlineData("")]
    public async Task A_value_of_another_kind_is_answered_or_refused_in_the_same_words(string value)
    {
        await Exchange.PostAsync(api.Http, "/gradients", Seed);
        string body = Seed.Replace("\"a\":2", $"\"a\":{value}");
        Exchange hot = await Exchange.PostAsync(api.Http, "/gradients", body);
        (await Exchange.PostAsync(api.Http, "/gradients", body)).ShouldBe(hot);
        Exchange ordinary = await Exchange.PostAsync(api.Http, "/gradients", " " + body);
        Place(hot).ShouldBe(Place(ordinary));
    }

    [Fact]
    public async Task Nesting_is_limited_as_in_an_ordinary_request()
    {
        foreach (int depth in new[] { 61, 62, 63, 64 })
        {
            string value = new string('[', depth) + "1" + new string(']', depth);
            string body = $$$"""{"expression":"L = sum(x)","inputs":{"x":{{{value}}}}}""";
            Exchange first = await Exchange.PostAsync(api.Http, "/gradients", body);
            (await Exchange.PostAsync(api.Http, "/gradients", body)).ShouldBe(first);
            first.Status.ShouldBe(depth <= 62 ? 200 : 400);
        }
    }

    [Fact]
    public async Task Spellings_of_one_request_have_one_answer()
    {
        string[] spellings =
        [
            Seed, Seed.Replace("\"a\":2", "\"a\" : 2.0 "), $"  {Seed}\n", Seed.Replace("\"inputs\":{", "\"\\u0069nputs\":{"), Seed.Replace("{\"a\":2,\"b\":-3,\"c\":10}", "{\"c\":10,\"b\":-3,\"a\":2}"),
            "{\"inputs\":{\"a\":2,\"b\":-3,\"c\":10}," + Seed[1..Seed.IndexOf(",\"inputs\":{\"a\"", StringComparison.Ordinal)] + "}",
        ];
        Exchange first = await Exchange.PostAsync(api.Http, "/gradients", Seed);
        for (int i = 0; i < 2; i++)
        {
            foreach (string spelling in spellings)
            {
                (await Exchange.PostAsync(api.Http, "/gradients", spelling)).ShouldBe(first, spelling);
            }
        }
    }

    [Fact]
    public async Task Hot_requests_beside_each_other_have_each_its_own_values()
    {
        await Exchange.PostAsync(api.Http, "/gradients", Seed);
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            Exchange answer = await Exchange.PostAsync(api.Http, "/gradients", Seed.Replace("\"a\":2", $"\"a\":{i}"));
            double e = (-3.0 * i) + 10;
            JsonNode told = JsonNode.Parse(answer.Body)!;
            if ((double)told["value"]! != e * e || (double)told["gradients"]!["c"]! != 2 * e)
            {
                failures.Add(answer.Body);
            }
        });
        failures.ShouldBeEmpty();
    }

    // Only the reason for rejecting a damaged body: malformed JSON is reported with its line and byte.
    private static (int Status, string Body) Place(Exchange exchange) =>
        (exchange.Status, exchange.Body.Contains("Malformed JSON", StringComparison.Ordinal) ? "malformed" : exchange.Body);

    // The same request with other numbers: 0.5 becomes 0.75, whole numbers change by one.
    private static string Perturbed(string body)
    {
        JsonNode root = JsonNode.Parse(body)!;
        JsonObject inputs = root["inputs"]!.AsObject();
        foreach (string name in inputs.Select(pair => pair.Key).ToArray())
        {
            inputs[name] = Perturbed(inputs[name]!);
        }

        return root.ToJsonString();
    }

    private static JsonNode Perturbed(JsonNode value) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(element => Perturbed(element!))]),
        JsonValue number when number.TryGetValue(out double x) => JsonValue.Create(x + 0.25),
        _ => value.DeepClone(),
    };
}

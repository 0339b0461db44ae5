using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Graphs;
using Shouldly;

namespace Backprop.Api.Tests.Protocols;

/// <summary>Graphs that the protocol tests register, and helpers for calling them.</summary>
internal static class Models
{
    /// <summary>out0[k] = (a₀² + a₁)·b[k]², out1 = Σa·Σb.</summary>
    public const string Forward = """
        { "inputs": [{ "name": "a", "shape": [2] }, { "name": "b", "shape": [3] }],
          "constants": [{ "name": "i0", "value": { "shape": [], "dtype": "int64", "data": [0] } }, { "name": "i1", "value": { "shape": [], "dtype": "int64", "data": [1] } }],
          "nodes": [{ "name": "a0", "op": "Gather", "inputs": ["a", "i0"] }, { "name": "a1", "op": "Gather", "inputs": ["a", "i1"] },
                    { "name": "s", "op": "Mul", "inputs": ["a0", "a0"] }, { "name": "t", "op": "Add", "inputs": ["s", "a1"] }, { "name": "q", "op": "Mul", "inputs": ["b", "b"] },
                    { "name": "out0", "op": "Mul", "inputs": ["t", "q"] },
                    { "name": "sa", "op": "ReduceSum", "inputs": ["a"], "attributes": { "keepdims": 0 } }, { "name": "sb", "op": "ReduceSum", "inputs": ["b"], "attributes": { "keepdims": 0 } },
                    { "name": "out1", "op": "Mul", "inputs": ["sa", "sb"] }],
          "outputs": ["out0", "out1"] }
        """;

    /// <summary>result = s·a + b, over vectors of any one length.</summary>
    public const string VectorAdd = """
        { "inputs": [{ "name": "a", "shape": ["n"], "dtype": "float64" }, { "name": "b", "shape": ["n"], "dtype": "float64" }, { "name": "s", "shape": [], "dtype": "float64" }],
          "nodes": [{ "name": "p", "op": "Mul", "inputs": ["a", "s"] }, { "name": "result", "op": "Add", "inputs": ["p", "b"] }],
          "outputs": ["result"] }
        """;

    /// <summary>Registers a graph under a name, and returns its id.</summary>
    public static async Task<string> RegisterAsync(this ApiFixture api, string graph, string? alias)
    {
        var body = new JsonObject { ["graph"] = JsonNode.Parse(graph), ["alias"] = alias };
        using HttpResponseMessage response = await api.Http.PostAsJsonAsync("/graphs", body);
        string answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
        return JsonNode.Parse(answer)!["id"]!.GetValue<string>();
    }

    /// <summary>Posts bytes without a media type, as many clients do.</summary>
    public static async Task<(int Status, JsonNode Body)> SendAsync(this ApiFixture api, string path, string body, string? accept = null, string? type = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await api.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Numbers of an answer.</summary>
    public static double[] Numbers(this JsonNode node) => [.. node.AsArray().Select(item => item!.GetValue<double>())];

    /// <summary>The result of an <c>expression</c> registered under a name.</summary>
    public static async Task RegisterExpressionAsync(this ApiFixture api, string expression, string alias) =>
        (await api.Api.RegisterGraphAsync(new GraphRegistrationRequest { Expression = expression, Alias = alias })).Alias.ShouldBe(alias);
}

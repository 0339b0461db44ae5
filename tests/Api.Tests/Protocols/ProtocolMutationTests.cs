using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Robustness;
using Backprop.Testing.Requests;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Protocols;

/// <summary>
/// Damaged bodies of both protocols are answered, or rejected in the protocol's form. <c>PROTOCOL_MUTATIONS=10000</c> sends more of them.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ProtocolMutationTests(ImpatientFixture api) : IClassFixture<ImpatientFixture>
{
    private const string Input = "\"input\":[[1.0,2.0],[3.0,4.0,5.0]]";
    private const string Arrays = """{"a":{"object_type":"array","shape":[3],"dtype":"float64","data":{"buffer":[1,2,3],"encoding":"json"}},"b":{"shape":[3],"dtype":"float64","data":{"buffer":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA","encoding":"base64"}},"s":2}""";

    private static readonly (string Route, string Body)[] Sound =
    [
        ("/ModelInfo", """{"name":"forward"}"""),
        ("/InputSizes", """{"name":"forward","config":{}}"""),
        ("/OutputSizes", """{"name":"open","config":{"shapes":{"x":[2,3]},"dimensions":{"n":4}}}"""),
        ("/Evaluate", $$$"""{"name":"forward",{{{Input}}},"config":{}}"""),
        ("/Evaluate", """{"name":"open","input":[[1,2,3,4,5,6]],"config":{"shapes":{"x":[2,3]}}}"""),
        ("/Gradient", $$$"""{"name":"forward",{{{Input}}},"outWrt":0,"inWrt":1,"sens":[1,1,1]}"""),
        ("/ApplyJacobian", $$$"""{"name":"forward",{{{Input}}},"outWrt":0,"inWrt":0,"vec":[1,0]}"""),
        ("/ApplyHessian", $$$"""{"name":"forward",{{{Input}}},"outWrt":0,"inWrt1":1,"inWrt2":0,"sens":[1,1,1],"vec":[1,0]}"""),
        ("/tesseracts/vectoradd/apply", $$$"""{"inputs":{{{Arrays}}}}"""),
        ("/tesseracts/open/apply", """{"inputs":{"x":[[1,2],[3,4]]}}"""),
        ("/tesseracts/vectoradd/jacobian", $$$"""{"inputs":{{{Arrays}}},"jac_inputs":["a","s"],"jac_outputs":["result"]}"""),
        ("/tesseracts/vectoradd/jacobian_vector_product", $$$"""{"inputs":{{{Arrays}}},"jvp_inputs":["a","s"],"jvp_outputs":["result"],"tangent_vector":{"a":[1,0,0],"s":1}}"""),
        ("/tesseracts/vectoradd/vector_jacobian_product", $$$"""{"inputs":{{{Arrays}}},"vjp_inputs":["a","s"],"vjp_outputs":["result"],"cotangent_vector":{"result":[1,2,3]}}"""),
        ("/tesseracts/vectoradd/abstract_eval", """{"inputs":{"a":{"shape":[3],"dtype":"float64"},"b":{"shape":[3],"dtype":"float32"},"s":[2]}}""".Replace("[2]", "2")),
    ];

    [Fact]
    public async Task Damaged_bodies_are_answered_or_refused_in_form()
    {
        await api.RegisterAsync(Models.Forward, "forward");
        await api.RegisterAsync(Models.VectorAdd, "vectoradd");
        await api.RegisterExpressionAsync("y = x^2 + 1", "open");
        int requests = int.TryParse(Environment.GetEnvironmentVariable("PROTOCOL_MUTATIONS"), out int more) ? more : 600;
        var failures = new ConcurrentBag<string>();
        foreach ((string route, string body) in Sound)
        {
            (await api.SendAsync(route, body)).Status.ShouldBe(200, $"{route} {body}");
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            var random = new Random(seed);
            (string route, string body) = Sound[random.Next(Sound.Length)];
            if (await FaultAsync(route, new Mutations(random).Apply(body)) is { } fault)
            {
                failures.Add($"seed {seed}: {fault}");
            }
        });
        failures.Take(20).ShouldBeEmpty();

        // Plans and parsed graphs stay within their limits; the memory of the requests is released.
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64L << 20);
    }

    private async Task<string?> FaultAsync(string route, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await api.Http.PostAsync(route, content);
        string answer = await response.Content.ReadAsStringAsync();
        int status = (int)response.StatusCode;
        return status == 200 || IsInForm(route, status, answer) ? null
            : $"{route} {status} {answer[..Math.Min(answer.Length, 300)]} for {System.Text.Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 600))}";
    }

    private static bool IsInForm(string route, int status, string answer)
    {
        JsonObject told = JsonNode.Parse(answer)!.AsObject();
        if (route.StartsWith("/tesseracts", StringComparison.Ordinal))
        {
            return status == 422 && told["detail"] is JsonArray { Count: > 0 } faults && faults.All(fault => fault!["loc"] is JsonArray && fault["msg"] is not null && fault["type"] is not null);
        }

        string type = (string)told["error"]!["type"]!;
        return told.Count == 1 && told["error"]!.AsObject().Count == 2
            && (status, type) is (400, "InvalidInput" or "ModelNotFound" or "UnsupportedFeature") or (500, "InvalidOutput")
            && !((string)told["error"]!["message"]!).Contains("Internal error", StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Backprop.Hostile.Tests.Training;

/// <summary>A training run over HTTP: what it was asked for, and what it has brought.</summary>
internal static class TrainedRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A small net with shuffled mini-batches and a schedule, so that its numbers depend on every bit of the state.</summary>
    public static string Request(int seed, long steps) => $$"""
        {"expression":"h = tanh(x @ w1 + b1); z = h @ w2 + b2; loss = mean((z - t)^2)",
         "parameters":{"w1":{"initializer":"xavierNormal","shape":[2,12]},"b1":[0,0,0,0,0,0,0,0,0,0,0,0],
                       "w2":{"initializer":"xavierNormal","shape":[12,1]},"b2":[0] },
         "data":{"x":[[0,0],[0,1],[1,0],[1,1],[0.5,0.2],[0.1,0.7],[0.9,0.4]],"t":[[0],[1],[1],[0],[0.3],[0.6],[0.5]]},
         "batchSize":3,"steps":{{steps}},"seed":{{seed}},"optimizer":{"name":"adamW","learningRate":0.003},
         "schedule":{"name":"cosine","warmupSteps":100},"clipNorm":1,"record":{"every":100} }
        """;

    /// <summary>Starts a run; repeats the request with its key until it is acknowledged.</summary>
    public static async Task<string> StartAsync(HttpClient http, string request, string key)
    {
        using HttpResponseMessage response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/training-runs")
        {
            Content = new StringContent(request, Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        });
        string answer = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, answer);
        return JsonNode.Parse(answer)!["id"]!.GetValue<string>();
    }

    /// <summary>The run as it is.</summary>
    public static async Task<JsonNode> GetAsync(HttpClient http, string id) => JsonNode.Parse(await http.GetStringAsync($"/training-runs/{id}"))!;

    /// <summary>Waits until a run is as it should be.</summary>
    public static async Task<JsonNode> UntilAsync(HttpClient http, string id, Func<JsonNode, bool> condition)
    {
        for (long began = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            JsonNode run = await GetAsync(http, id);
            if (condition(run))
            {
                return run;
            }

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, run.ToJsonString());
        }
    }

    /// <summary>The bits of the parameters, and the recorded steps.</summary>
    public static async Task<(string Parameters, string[] Metrics)> ResultAsync(HttpClient http, string id)
    {
        JsonNode run = await UntilAsync(http, id, run => run["finishedAt"] is not null);
        run["state"]!.GetValue<string>().ShouldBe("completed", run.ToJsonString());
        string parameters = await http.GetStringAsync($"/training-runs/{id}/parameters?encoding=base64");
        JsonNode metrics = JsonNode.Parse(await http.GetStringAsync($"/training-runs/{id}/metrics?limit=10000"))!;
        return (parameters, [.. metrics["items"]!.AsArray().Select(item => item!.ToJsonString())]);
    }
}

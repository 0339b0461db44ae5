using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Costs;

/// <summary>Whatever the members contain, the answer is finite or the request is rejected with a reason.</summary>
public sealed class StepFuzzTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Requests = 3000;

    private static readonly string[] Whole =
        ["1", "2", "3", "4", "8", "12", "64", "96", "1000", "65536", "1000000", "999999937", "1000000000", "1000000001", "9223372036854775807", "1e300", "0", "-1", "1.5", "null", "\"NaN\""];

    private static readonly string[] Real = ["1e-9", "1e-10", "0.35", "1", "1e3", "1e12", "1e15", "1e18", "1e30", "1e300", "-1", "0", "\"NaN\"", "\"Infinity\"", "null"];

    private static readonly (string Name, string[] Values)[] Members =
    [
        ("batchSize", Whole), ("microBatchSize", Whole), ("sequenceLength", Whole), ("devices", Whole), ("dataParallel", Whole), ("tensorParallel", Whole), ("pipelineParallel", Whole),
        ("pipelineChunks", Whole), ("zeroStage", ["0", "1", "2", "3", "4"]), ("mfu", Real), ("stepMs", Real), ("forwardMs", Real), ("backwardMs", Real), ("tokens", Real),
        ("measuredBytes", Real), ("linkGbPerSecond", Real), ("flashAttention", ["true", "false"]), ("sequenceParallel", ["true", "false"]), ("masterWeights", ["true", "false"]),
        ("checkpointing", ["\"none\"", "\"selective\"", "\"full\"", "\"sqrt\""]), ("attention", ["\"full\"", "\"causal\"", "\"causalFlash\"", "\"causalExact\""]),
        ("precision", ["\"fp64\"", "\"fp32\"", "\"bf16\"", "\"fp8\"", "\"fp4\""]), ("gradientPrecision", ["\"fp32\"", "\"bf16\""]),
        ("optimizer", ["\"none\"", "\"sgd\"", "\"adamw\"", "\"adam8bit\"", "\"muon\"", "\"adafactor\""]),
    ];

    private static readonly (string Name, string[] Values)[] ModelMembers =
    [
        ("layers", Whole), ("hidden", Whole), ("heads", Whole), ("kvHeads", Whole), ("headDimension", Whole), ("feedForward", Whole), ("vocabulary", Whole), ("context", Whole), ("positions", Whole),
        ("slidingWindow", Whole), ("slidingLayers", Whole), ("normsPerLayer", Whole), ("gated", ["true", "false"]), ("tied", ["true", "false"]), ("dropout", ["true", "false"]),
        ("bias", ["\"none\"", "\"qkv\"", "\"all\""]), ("parallelBlocks", ["true"]), ("qkNorm", ["true"]),
    ];

    [Fact]
    public async Task Thousands_of_requests_are_answered_with_numbers_or_refused()
    {
        var faults = new ConcurrentBag<string>();
        int answered = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            string body = Body(new Random(seed));
            using HttpResponseMessage response = await api.Http.PostAsync("/step-costs", Probes.Json(body));
            string answer = await response.Content.ReadAsStringAsync();
            bool isSound = response.StatusCode switch
            {
                HttpStatusCode.OK => !answer.Contains("\"NaN\"") && !answer.Contains("Infinity\"") && !answer.Contains("∞"),
                HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => JsonNode.Parse(answer)!["errors"] is JsonObject { Count: > 0 },
                _ => false,
            };
            if (!isSound)
            {
                faults.Add($"{(int)response.StatusCode} {answer[..Math.Min(300, answer.Length)]} for {body}");
            }

            if (response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref answered);
            }
        });
        faults.Take(10).ShouldBeEmpty();
        answered.ShouldBeGreaterThan(Requests / 20);
    }

    private static string Body(Random random)
    {
        string model = random.Next(4) switch
        {
            0 => $$"""{"parameters":{{Pick(random, Real)}}}""",
            1 => "\"deepseek-v3\"",
            2 => "\"llama-3-8b\"",
            _ => Own(random),
        };
        string hardware = random.Next(3) switch
        {
            0 => "",
            1 => ",\"hardware\":\"h100-sxm-80gb\"",
            _ => $$""","hardware":{"peakTflops":{"bf16":{{Pick(random, Real)}}},"memoryGb":{{Pick(random, Real)}},"bandwidthTbPerSecond":{{Pick(random, Real)}}}""",
        };
        IEnumerable<string> members = Some(random, Members, 3);
        return $$"""{"model":{{model}}{{hardware}}{{string.Concat(members.Select(member => "," + member))}}}""";
    }

    private static string Own(Random random)
    {
        var members = new Dictionary<string, string> { ["layers"] = "12", ["hidden"] = "768", ["heads"] = "12", ["vocabulary"] = "50257" };
        foreach (string member in Some(random, ModelMembers, 3))
        {
            members[member.Split('"')[1]] = member[(member.IndexOf(':') + 1)..];
        }

        return $"{{{string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}"))}}}";
    }

    private static IEnumerable<string> Some(Random random, (string Name, string[] Values)[] members, int most) =>
        random.GetItems(members, random.Next(most + 1)).DistinctBy(member => member.Name).Select(member => $"\"{member.Name}\":{Pick(random, member.Values)}");

    private static string Pick(Random random, string[] among) => among[random.Next(among.Length)];
}

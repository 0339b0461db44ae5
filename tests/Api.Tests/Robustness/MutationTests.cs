using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Client.Operations;
using Backprop.Testing.Requests;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

public sealed class MutationTests(ImpatientFixture api) : IClassFixture<ImpatientFixture>
{
    private const int Requests = 10_000;
    private const int Shown = 20;

    [Fact]
    public async Task What_is_damaged_was_sound()
    {
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(ValidBodies.All().Where(request => request.Route is "/graphs" or "/evaluations" && !request.Body.Contains("batch", StringComparison.Ordinal)), Four, async (request, _) =>
        {
            using var response = await api.Http.PostAsync(request.Route, new StringContent(request.Body, Encoding.UTF8, "application/json"));
            if (!response.IsSuccessStatusCode)
            {
                failures.Add($"{await response.Content.ReadAsStringAsync()} for {request.Body}");
            }
        });
        failures.Take(Shown).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_thousand_damaged_bodies_are_answered_or_refused_with_a_reason()
    {
        (string Route, string Body)[] sound = [.. ValidBodies.All()];
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), Four, async (seed, _) =>
        {
            var random = new Random(seed);
            (string route, string body) = sound[random.Next(sound.Length)];
            if (await FaultAsync(route, new Mutations(random).Apply(body)) is { } fault)
            {
                failures.Add($"seed {seed}: {fault}");
            }
        });
        failures.Take(Shown).ShouldBeEmpty();
        (await api.Api.GetLivenessAsync()).Status.ShouldBe(HealthState.Healthy);
    }

    private static ParallelOptions Four => new() { MaxDegreeOfParallelism = 4 };

    private async Task<string?> FaultAsync(string route, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await api.Http.PostAsync(route, content);
        string answer = await response.Content.ReadAsStringAsync();
        string told = $"{route} {(int)response.StatusCode} {answer[..Math.Min(answer.Length, 300)]} for {Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 600))}";
        return (int)response.StatusCode switch
        {
            < 300 => null,
            >= 400 and < 500 when response.Content.Headers.ContentType?.MediaType == "application/problem+json" && IsReasoned(answer) => null,
            _ => told,
        };
    }

    private static bool IsReasoned(string answer)
    {
        JsonNode problem = JsonNode.Parse(answer)!;
        return problem["errors"] is JsonObject { Count: > 0 } || !string.IsNullOrWhiteSpace(problem["detail"]?.GetValue<string>());
    }
}

using System.Text.Json.Nodes;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Empty or missing values are never a fault of the service: every part of every example is emptied in turn.</summary>
public sealed class EmptinessTests(MappedRoutes routes) : IClassFixture<MappedRoutes>
{
    private static readonly string[] Empty = ["[]", "{}", "0", "\"\"", "null", "[[]]", "-1", "1e308", "false"];

    private static readonly string[] Expressions = ["L = a", "L = mean(a)", "L = max(a)", "L = 3", "L = sum(a*a)/sum(a)", "L = a @ a"];

    private static readonly string[] Values = ["[]", "[[],[]]", "0", """{"shape":[0,3],"data":[]}"""];

    [Fact]
    public async Task An_example_of_which_one_part_is_empty_is_never_a_5xx()
    {
        var document = JsonNode.Parse(await routes.Http.GetStringAsync("/swagger/v1/swagger.json"))!.AsObject();
        var failures = new List<string>();
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in item!.AsObject())
            {
                foreach (JsonNode body in Bodies(operation!).SelectMany(Emptied))
                {
                    string sample = path.Replace("{name}", "squared-sum", StringComparison.Ordinal);
                    using HttpResponseMessage answer = await routes.SendAsync(method.ToUpperInvariant(), sample, Probes.Json(body.ToJsonString()));
                    await NoteAsync(answer, $"{method} {path} {body.ToJsonString()}", failures);
                }
            }
        }

        failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Graphs_of_nothing_are_never_a_5xx()
    {
        string[] paths = [.. routes.WithBodies.Where(route => route.Endpoint.Metadata.GetMetadata<Backprop.Api.Platform.Limits.ComputeRoute>() is not null && route.Endpoint.Metadata.GetMetadata<ProblemForm>() is null)
            .Select(route => route.Path)];
        string[] members = ["", ""","wrt":[]""", ""","wrt":["a"]""", ""","batch":["a"]""", ""","outputs":[]""", ""","tangents":{}""", ""","cotangents":{}""", ""","forwardMs":1""", ""","hardware":"a100-sxm-80gb" """, ""","checkpointing":"sqrt" """, ""","trace":true"""];
        var failures = new List<string>();
        foreach (string path in paths)
        {
            foreach (string expression in Expressions)
            {
                foreach (string value in Values)
                {
                    foreach (string more in members)
                    {
                        string body = $$"""{"expression":"{{expression}}","inputs":{"a":{{value}}}{{more}}}""";
                        using HttpResponseMessage answer = await routes.SendAsync("POST", path, Probes.Json(body));
                        await NoteAsync(answer, $"{path} {body}", failures);
                    }
                }
            }
        }

        failures.ShouldBeEmpty();
    }

    // UM-Bridge reports a non-finite result as 500, since the protocol has no other form for it.
    private static async Task NoteAsync(HttpResponseMessage answer, string asked, List<string> failures)
    {
        if ((int)answer.StatusCode < 500)
        {
            return;
        }

        string body = await answer.Content.ReadAsStringAsync();
        if (!body.Contains("InvalidOutput", StringComparison.Ordinal))
        {
            failures.Add($"{asked}: {(int)answer.StatusCode} {body}");
        }
    }

    private static IEnumerable<JsonNode> Bodies(JsonNode operation) =>
        (operation["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject() ?? []).Select(example => example.Value!["value"]!).OfType<JsonObject>();

    private static IEnumerable<JsonNode> Emptied(JsonNode example)
    {
        string[] places = [.. Places(example, "").Distinct()];
        foreach (string place in places)
        {
            foreach (string empty in Empty)
            {
                JsonNode body = example.DeepClone();
                Replace(body, place, empty);
                yield return body;
            }
        }
    }

    private static IEnumerable<string> Places(JsonNode? node, string path)
    {
        if (path.Length > 0)
        {
            yield return path;
        }

        IEnumerable<(string Step, JsonNode? Child)> children = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Take(3).Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach ((string step, JsonNode? child) in children)
        {
            foreach (string place in Places(child, $"{path}\n{step}"))
            {
                yield return place;
            }
        }
    }

    private static void Replace(JsonNode body, string place, string text)
    {
        string[] steps = place.Split('\n')[1..];
        JsonNode parent = body;
        foreach (string step in steps[..^1])
        {
            parent = parent is JsonArray items ? items[int.Parse(step)]! : parent[step]!;
        }

        if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1])] = JsonNode.Parse(text);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(text);
        }
    }
}

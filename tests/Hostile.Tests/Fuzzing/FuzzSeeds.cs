using System.Text;
using System.Text.Json.Nodes;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Fuzzing;

/// <summary>Valid requests to all routes: the examples of the OpenAPI document, and the recorded cases if they are next to the checkout.</summary>
internal static class FuzzSeeds
{
    private const string Json = "application/json";
    private static readonly string Recorded = Path.Combine("..", "shared", "accept", "goldens");

    public static async Task<IReadOnlyList<FuzzRequest>> ReadAsync(ServiceProcess service)
    {
        using HttpClient http = SourceClient.Create(service.Address, System.Net.IPAddress.Loopback);
        JsonNode document = JsonNode.Parse(await http.GetStringAsync("/swagger/v1/swagger.json"))!;
        IEnumerable<FuzzRequest> examples = from path in document["paths"]!.AsObject()
                                            from operation in path.Value!.AsObject()
                                            from request in Examples(path.Key, operation.Key, operation.Value!)
                                            select request;
        return [.. examples, .. Cases()];
    }

    private static IEnumerable<FuzzRequest> Examples(string path, string method, JsonNode operation)
    {
        var query = new List<string>();
        foreach (JsonNode? parameter in operation["parameters"] as JsonArray ?? [])
        {
            string name = parameter!["name"]!.GetValue<string>(), example = Uri.EscapeDataString($"{parameter["example"] ?? "1"}");
            path = path.Replace($"{{{name}}}", example, StringComparison.Ordinal);
            if (parameter["in"]!.GetValue<string>() == "query" && parameter["example"] is not null)
            {
                query.Add($"{name}={example}");
            }
        }

        string target = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
        JsonNode? content = operation["requestBody"]?["content"]?[Json];
        JsonNode?[] bodies = content is null ? [null] : [.. (content["examples"] as JsonObject ?? []).Select(example => example.Value!["value"])];
        return bodies.Select(body => Request(method.ToUpperInvariant(), target, body?.ToJsonString(), Json));
    }

    private static IEnumerable<FuzzRequest> Cases()
    {
        string folder = Path.Combine(Root(), Recorded);
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string line in Directory.EnumerateFiles(folder, "*.jsonl").SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            JsonNode recorded = JsonNode.Parse(line)!;
            string[] route = recorded["route"]!.GetValue<string>().Split(' ');
            string? body = recorded["rawRequest"]?.GetValue<string>() ?? recorded["request"]?.ToJsonString();
            yield return Request(route.Length == 2 ? route[0] : "POST", route[^1], body, recorded["contentType"]?.GetValue<string>() ?? Json);
        }
    }

    private static FuzzRequest Request(string method, string target, string? body, string type) =>
        new(method, target, body is null ? [] : [("Content-Type", type)], body is null ? null : Encoding.UTF8.GetBytes(body));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? AppContext.BaseDirectory;
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>Records what the service answers to the examples of the document, and to requests that are wrong.</summary>
internal static class AnswerRecording
{
    // Longer lists and longer texts are cut: their beginning shows what they hold.
    private const int LongestList = 6;
    private const int ListKept = 2;
    private const int MostNumbers = 30;
    private const int NumbersKept = 5;
    private const int LongestText = 400;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The name of the component, and a request that gets it.
    private static readonly (string Name, string Method, string Path, string MediaType, string Body)[] Wrong =
    [
        ("BadRequest", "POST", "/gradients", "application/json", """{"expr":"L = x^2","inputs":{"x":3}}"""),
        ("Unauthorized", "POST", "/questions", "application/json", "{}"),
        ("NotFound", "GET", "/graphs/no-such-graph", "", ""),
        ("PayloadTooLarge", "POST", "/account/login", "application/json", $$"""{"email":"{{new string('a', 100_000)}}","password":""}"""),
        ("UnsupportedMediaType", "POST", "/gradients", "text/plain", "L = x^2"),
        ("UnprocessableEntity", "POST", "/gradients", "application/json", """{"expression":"L = x*y","inputs":{"x":3}}"""),
    ];

    /// <summary>The file in the sources.</summary>
    public static string Source => Repository.PathOf($"src/Api/Platform/OpenApi/{AnswerExamples.FileName}");

    /// <summary>Records the answers of a service.</summary>
    /// <param name="api">The service.</param>
    public static async Task<JsonObject> RecordAsync(ApiFixture api)
    {
        var operations = new JsonObject();
        IReadOnlyList<ExampleAnswer> answers = await new ExampleRunner(api).RunAsync();
        foreach (var operation in answers.Where(IsExample).GroupBy(answer => answer.Operation.Id).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            operations[operation.Key] = new JsonObject(operation.GroupBy(answer => answer.Status).OrderBy(group => group.Key).Select(status => KeyValuePair.Create(
                $"{status.Key}", (JsonNode?)new JsonObject(status.Select(answer => KeyValuePair.Create(answer.Name, Shortened(JsonNode.Parse(answer.Body))))))));
        }

        return new JsonObject { ["operations"] = operations, ["problems"] = await ProblemsAsync(api.Http) };
    }

    /// <summary>Records the answers in the sources, and where the running service reads them.</summary>
    /// <param name="api">The service.</param>
    public static async Task UpdateAsync(ApiFixture api)
    {
        string json = (await RecordAsync(api)).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        await File.WriteAllTextAsync(Source, json);
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, AnswerExamples.FileName), json);
    }

    // A document with references of its own cannot stand in another one.
    private static bool IsExample(ExampleAnswer answer) =>
        answer.IsJson && answer.Status < 300 && !answer.Body.Contains("\"$ref\"", StringComparison.Ordinal);

    private static async Task<JsonObject> ProblemsAsync(HttpClient http)
    {
        var problems = new JsonObject();
        foreach ((string name, string method, string path, string mediaType, string body) in Wrong)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = body.Length > 0 ? new StringContent(body, Encoding.UTF8, mediaType) : null;
            using HttpResponseMessage response = await http.SendAsync(request);
            problems[name] = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        }

        return problems;
    }

    private static JsonNode? Shortened(JsonNode? node) => node switch
    {
        JsonArray { Count: > LongestList } list when list[0] is JsonObject => new JsonArray([.. list.Take(ListKept).Select(Shortened)]),
        JsonArray { Count: > LongestList } list when list[0] is JsonArray => new JsonArray([.. list.Take(ListKept).Select(Shortened)]),
        JsonArray { Count: > MostNumbers } list => new JsonArray([.. list.Take(NumbersKept).Select(Shortened)]),
        JsonArray list => new JsonArray([.. list.Select(Shortened)]),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Shortened(member.Value)))),
        JsonValue value when value.TryGetValue(out string? text) && text.Length > LongestText => string.Concat(text.AsSpan(0, LongestText), "…"),
        _ => node?.DeepClone(),
    };
}

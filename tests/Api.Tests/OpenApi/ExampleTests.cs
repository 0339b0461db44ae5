using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Learners;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>
/// Every example of the document is sent unchanged and must succeed as documented: creation first (a graph before all else, since others name it),
/// deletion last.
/// </summary>
public sealed class ExampleTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int MadeLength = 32;

    private static readonly string[] Order = ["post", "put", "get", "delete"];

    // The service's last answers with new ids: collection → id. They replace the ids of the examples, which only show the form.
    private readonly Dictionary<string, string> _made = [];

    [Fact]
    public async Task Every_example_succeeds()
    {
        var document = JsonNode.Parse(await api.Http.GetStringAsync("/swagger/v1/swagger.json"))!.AsObject();
        var failures = new List<string>();
        foreach (var (method, path, operation) in Operations(document))
        {
            foreach (var body in Bodies(operation))
            {
                var response = await api.Http.SendAsync(await AsLearnerAsync(Request(method, path, operation, body), operation));
                var documented = operation["responses"]!.AsObject().Select(entry => entry.Key).Where(status => status[0] is '2' or '3');
                if (response.Headers.Location?.OriginalString.Split('/') is ["", var collection, { Length: MadeLength } made])
                {
                    _made[collection] = made;
                }

                if (!documented.Contains($"{(int)response.StatusCode}"))
                {
                    failures.Add($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{body}");
                }
            }
        }
        failures.ShouldBeEmpty();
    }

    // Each request that needs a learner uses a new one, since some revoke the learner's tokens.
    private async Task<HttpRequestMessage> AsLearnerAsync(HttpRequestMessage request, JsonObject operation)
    {
        bool isRefresh = request.RequestUri!.OriginalString == "/account/refresh";
        bool needsLearner = operation["security"]?.AsArray() is [JsonObject only] && only.ContainsKey("bearer");
        if (request.RequestUri.OriginalString == "/daily-question/answers" && (await api.Api.GetDailyQuestionAsync()).Question.Choices is null)
        {
            request.Content = Probes.Json("""{"answer":"1"}""");
        }

        if (!isRefresh && !needsLearner)
        {
            return request;
        }

        var learner = new Credentials { Email = $"{Guid.NewGuid():N}@example.org", Password = "a long walk by the sea" };
        await api.Api.RegisterAsync(learner);
        AccountTokens tokens = await api.Api.SignInAsync(learner);
        if (isRefresh)
        {
            request.Content = Probes.Json($$"""{"refreshToken":"{{tokens.RefreshToken}}"}""");
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        }

        return request;
    }

    private static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        orderby Array.IndexOf(Order, operation.Key), path.Key != "/graphs"
        select (operation.Key, path.Key, operation.Value!.AsObject());

    private static IEnumerable<JsonNode?> Bodies(JsonObject operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["examples"] is JsonObject examples
            ? examples.Select(example => example.Value!["value"])
            : [null];

    private HttpRequestMessage Request(string method, string path, JsonObject operation, JsonNode? body)
    {
        var query = new List<string>();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if (parameter!["example"] is not { } example)
            {
                continue;
            }

            if ((string?)parameter["in"] == "path")
            {
                path = path.Replace($"{{{parameter["name"]}}}", Uri.EscapeDataString(Made(path, example.ToString())));
            }
            else if ((string?)parameter["in"] == "header")
            {
                headers.Add(((string)parameter["name"]!, example.ToString()));
            }
            else
            {
                query.Add($"{parameter["name"]}={Uri.EscapeDataString(example.ToString())}");
            }
        }
        var uri = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), uri) { Headers = { { "X-Api-Key", ApiFixture.WriteKey } } };
        headers.ForEach(header => request.Headers.Add(header.Name, header.Value));
        if (body is not null)
        {
            request.Content = Probes.Json(body.ToJsonString());
        }

        return request;
    }

    private string Made(string path, string example) =>
        example.Length == MadeLength && _made.TryGetValue(path.Split('/')[1], out string? made) ? made : example;
}

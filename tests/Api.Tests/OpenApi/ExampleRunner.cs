using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Learners;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>What the service answered to an example.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Name">The name of the example.</param>
/// <param name="Request">The body that was sent, if any.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Body">The answer.</param>
/// <param name="IsJson">Whether the answer is JSON.</param>
internal sealed record ExampleAnswer(DocumentedOperation Operation, string Name, JsonNode? Request, int Status, string Body, bool IsJson);

/// <summary>
/// Sends every example of the document unchanged: creation first (a graph before all else, since others name it), deletion last.
/// </summary>
/// <param name="api">The service.</param>
internal sealed class ExampleRunner(ApiFixture api)
{
    private const int MadeLength = 32;

    private static readonly string[] Order = ["post", "put", "get", "delete"];

    // The service's last answers with new ids: collection → id. They replace the ids of the examples, which only show the form.
    private readonly Dictionary<string, string> _made = [];

    public async Task<IReadOnlyList<ExampleAnswer>> RunAsync()
    {
        ApiDocument document = await ApiDocument.ReadAsync(api.Http);
        var answers = new List<ExampleAnswer>();
        foreach (DocumentedOperation operation in document.Operations.OrderBy(operation => Array.IndexOf(Order, operation.Method)).ThenBy(operation => operation.Path != "/graphs"))
        {
            foreach ((string name, JsonNode? body) in Bodies(operation.Json))
            {
                using HttpRequestMessage request = await AsLearnerAsync(Request(operation, body), operation.Json);
                using HttpResponseMessage response = await api.Http.SendAsync(request);
                if (response.Headers.Location?.OriginalString.Split('/') is ["", var collection, { Length: MadeLength } made])
                {
                    _made[collection] = made;
                }

                answers.Add(new ExampleAnswer(operation, name, body, (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
                    response.Content.Headers.ContentType?.MediaType == "application/json"));
            }
        }

        return answers;
    }

    // Each request that needs a learner uses a new one, since some revoke the learner's tokens.
    private async Task<HttpRequestMessage> AsLearnerAsync(HttpRequestMessage request, JsonObject operation)
    {
        bool isRefresh = request.RequestUri!.OriginalString == "/account/refresh";
        bool needsLearner = operation["security"]?.AsArray() is [JsonObject only] && only.ContainsKey("bearer");
        if (request.RequestUri.OriginalString == "/daily-question/answers" && (await api.Api.GetDailyQuestionAsync()).Question is { Choices: null } asked)
        {
            request.Content = Probes.Json(asked.Exercise?.Gradients is { } gradients ? $$$"""{"answer":{"{{{gradients.Keys.First()}}}":"0"}}""" : """{"answer":"1"}""");
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

    private static IEnumerable<(string Name, JsonNode? Body)> Bodies(JsonObject operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["examples"] is JsonObject examples
            ? examples.Select(example => (example.Key, example.Value!["value"]))
            : [(AnswerExamples.Only, null)];

    private HttpRequestMessage Request(DocumentedOperation operation, JsonNode? body)
    {
        string path = operation.Path;
        var query = new List<string>();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in operation.Json["parameters"]?.AsArray() ?? [])
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

        string uri = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
        var request = new HttpRequestMessage(new HttpMethod(operation.Method.ToUpperInvariant()), uri) { Headers = { { "X-Api-Key", ApiFixture.WriteKey } } };
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

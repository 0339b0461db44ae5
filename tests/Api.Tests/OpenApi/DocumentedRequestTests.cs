using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Backprop.Api.Tests.Architecture;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>The requests in README.md and backprop.http work as shown.</summary>
public sealed partial class DocumentedRequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_answer_in_the_README_is_the_one_that_curl_prints()
    {
        string readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        Match shown = Curl().Match(readme);
        HttpResponseMessage response = await api.Http.PostAsync("/gradients", Json(shown.Groups["body"].Value));
        (await response.Content.ReadAsStringAsync()).ShouldBe(shown.Groups["answer"].Value);
    }

    [Fact]
    public async Task The_walk_through_in_the_README_is_the_one_that_a_trace_gives()
    {
        string readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var body = JsonNode.Parse(Curl().Match(readme).Groups["body"].Value)!;
        body["trace"] = true;
        string answer = await (await api.Http.PostAsync("/gradients", Json(body.ToJsonString()))).Content.ReadAsStringAsync();
        JsonNode.Parse(answer)!["steps"]!["backward"]!.AsArray().Select(step => step!["computation"]!.GetValue<string>()).ShouldBe(WalkThrough().Match(readme).Groups["steps"].Value.Trim().Split('\n'));
    }

    [Fact]
    public async Task Every_request_of_the_http_file_succeeds()
    {
        string[] requests = (await File.ReadAllTextAsync(Repository.PathOf("backprop.http"))).Split("###")[1..];
        foreach (string request in requests)
        {
            string[] lines = request.Split('\n');
            string[] line = lines[1].Split(' ');
            string body = string.Join('\n', lines[2..].SkipWhile(text => text.Length > 0));
            using var message = new HttpRequestMessage(new HttpMethod(line[0]), line[1].Replace("{{host}}", string.Empty, StringComparison.Ordinal));
            if (line[0] == "POST")
            {
                message.Content = Json(body);
            }

            HttpResponseMessage response = await api.Http.SendAsync(message);
            response.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted], $"{lines[0]}: {await response.Content.ReadAsStringAsync()}");
        }

        requests.Length.ShouldBeGreaterThan(8);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    [GeneratedRegex(@"curl -s http://localhost:8080/gradients .*? -d '(?<body>.*?)'\n```\n```\n(?<answer>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Curl();

    [GeneratedRegex(@"```\n(?<steps>dL/dL = 1.*?)```", RegexOptions.Singleline)]
    private static partial Regex WalkThrough();
}

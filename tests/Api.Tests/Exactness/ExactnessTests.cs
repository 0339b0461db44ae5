using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Exactness;

/// <summary>
/// Requests whose exact answers are known analytically or to forty digits. <c>make_cases.py</c> and <c>make_function_cases.py</c> write them with
/// their sources.
/// </summary>
public sealed class ExactnessTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly JsonNode[] All =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Exactness"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!)];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (int i = 0; i < All.Length; i++)
            {
                cases.Add(i, $"{All[i]["kind"]}: {All[i]["body"]!.ToJsonString()}");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_answer_is_right(int number, string request)
    {
        JsonNode given = All[number];
        using HttpResponseMessage response = await api.Http.PostAsJsonAsync($"/{given["route"]}", given["body"]);
        string text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(given["status"]!.GetValue<int>(), $"{request}\n{text}");
        if (given["says"] is { } says)
        {
            text.ShouldContain(says.GetValue<string>());
        }

        JsonNode answer = JsonNode.Parse(text)!;
        foreach ((string path, JsonNode? expected) in given["expect"]!.AsObject())
        {
            Compare(At(answer, path), expected!, given["relative"]!.GetValue<double>(), given["absolute"]?.GetValue<double>() ?? 0, $"{path} of {request}\n{text}");
        }
    }

    private static JsonNode At(JsonNode answer, string path) =>
        path.Split('.').Aggregate(answer, (node, name) => node[name].ShouldNotBeNull($"{path} in {answer.ToJsonString()}"));

    private static void Compare(JsonNode actual, JsonNode expected, double relative, double absolute, string what)
    {
        if (expected is JsonArray array)
        {
            actual.AsArray().Count.ShouldBe(array.Count, what);
            for (int i = 0; i < array.Count; i++)
            {
                Compare(actual[i]!, array[i]!, relative, absolute, what);
            }

            return;
        }

        (double got, double right) = (Number(actual), Number(expected));
        if (!double.IsFinite(right))
        {
            got.Equals(right).ShouldBeTrue(what);
        }
        else
        {
            got.ShouldBe(right, (relative * Math.Abs(right)) + absolute, what);
        }
    }

    private static double Number(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture) : node.GetValue<double>();
}

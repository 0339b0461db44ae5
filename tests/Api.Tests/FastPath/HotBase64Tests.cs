using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Backprop.Api.FastPath;
using Backprop.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.FastPath;

public sealed class HotBase64Tests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Head = """{"expression":"y = x*x","encoding":"base64","inputs":{"x":{"shape":[2,2],"dtype":"float32","base64":""";

    [Fact]
    public async Task Each_request_has_its_own_elements()
    {
        await Exchange.PostAsync(api.Http, "/evaluations", Body(1, 2, 3, 4));
        var plans = api.Services.GetRequiredService<PreparedRequestCache>();
        long before = plans.Answers;
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            Exchange answer = await Exchange.PostAsync(api.Http, "/evaluations", Body(i, i + 1, -i, 0.5f));
            Elements(answer).ShouldBe([i * (float)i, (i + 1f) * (i + 1f), i * (float)i, 0.25f]);
        });
        (plans.Answers - before).ShouldBe(500);
    }

    [Fact]
    public async Task An_input_that_is_its_own_result_is_written_before_its_memory_is_used_again()
    {
        string head = Head.Replace("y = x*x", "y = x");
        await Exchange.PostAsync(api.Http, "/evaluations", Body(head, 1, 2, 3, 4));
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            Elements(await Exchange.PostAsync(api.Http, "/evaluations", Body(head, i, i, i, i))).ShouldBe([i, i, i, i]));
    }

    [Theory]
    [InlineData("AACAPwAAAEAAAEBAAACAQA")]
    [InlineData("AACAPwAAAEAAAEBAAACAQA=")]
    [InlineData("AACAPwAAAEAAAEBAAACA")]
    [InlineData("AACAPwAAAEAAAEBAAACAQAAAAAA=")]
    [InlineData("AACAPwAAAEAAAEBA AACAQA=")]
    [InlineData("AACAPwAAAEAAAEBAAACAQ\\u0041==")]
    [InlineData("AACAPwAAAEAAAEBAAACA\\/w==")]
    [InlineData("AACAPwAAAEAAAEBAAACAQA==\",\"base64\":\"AACAPwAAAEAAAEBAAACAQA==")]
    [InlineData("AACAPwAAAEAAAEBAAACAQB==")]
    [InlineData("////////////////////////")]
    [InlineData("AAAA\tAAAAAAAAAAAAAAAAAA==")]
    [InlineData("....................====")]
    [InlineData("")]
    public async Task A_text_that_is_none_of_so_many_elements_is_refused_as_in_an_ordinary_request(string text)
    {
        await Exchange.PostAsync(api.Http, "/evaluations", Body(1, 2, 3, 4));
        string body = Head + "\"" + text + "\"}}}";
        Exchange hot = await Exchange.PostAsync(api.Http, "/evaluations", body);
        Exchange ordinary = await Exchange.PostOrdinarilyAsync(api.Http, "/evaluations", body);
        hot.ShouldBe(ordinary);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Escaped_characters_are_read_by_the_same_plan(bool firstIsEscaped)
    {
        // In base64: ++++Pv//fz/7777+AAAAAA==.
        float[] elements = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String("++++Pv//fz/7777+AAAAAA==")).ToArray();
        float[] expected = Array.ConvertAll(elements, element => element * element);
        string head = Head.Replace("y = x*x", firstIsEscaped ? "y = x*x + 0" : "y = x*x - 0");
        string plain = Body(head, elements), escaped = plain.Replace("+P", "\\u002bP").Replace("/f", "\\/f");
        escaped.Length.ShouldBeGreaterThan(plain.Length);
        await Exchange.PostAsync(api.Http, "/evaluations", firstIsEscaped ? escaped : plain);
        var plans = api.Services.GetRequiredService<PreparedRequestCache>();
        long before = plans.Answers;
        foreach (string body in new[] { escaped, plain, escaped })
        {
            Elements(await Exchange.PostAsync(api.Http, "/evaluations", body)).ShouldBe(expected);
        }

        (plans.Answers - before).ShouldBe(3);
    }

    private static string Body(params float[] elements) => Body(Head, elements);

    private static string Body(string head, params float[] elements) =>
        head + "\"" + Convert.ToBase64String(MemoryMarshal.AsBytes(elements.AsSpan())) + "\"}}}";

    private static float[] Elements(Exchange answer) =>
        MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(JsonNode.Parse(answer.Body)!["outputs"]!["y"]!["base64"]!.GetValue<string>())).ToArray();
}

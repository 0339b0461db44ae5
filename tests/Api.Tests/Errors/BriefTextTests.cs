using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Errors;

/// <summary>However long the names in a request, its answer repeats at most 100 characters of each.</summary>
public sealed partial class BriefTextTests(MappedRoutes api) : IClassFixture<MappedRoutes>
{
    private const int MostOfAnswer = 12_000;

    public static TheoryData<string, string, int> Requests() => new()
    {
        { "/gradients", """{"expression":"L = a","inputs":{"@":1}}""", 422 },
        { "/gradients", """{"expression":"L = @","inputs":{"a":1}}""", 422 },
        { "/gradients", """{"expression":"L = a","inputs":{"a":1},"wrt":["@"]}""", 422 },
        { "/gradients", """{"expression":"L = a","inputs":{"a":1},"output":"@"}""", 422 },
        { "/gradients", """{"expression":"L = a","inputs":{"a":1},"@":1}""", 400 },
        { "/gradients", """{"expression":"L = a","inputs":{"a":{"@":1}}}""", 400 },
        { "/gradients", """{"expression":"L = a","inputs":{"a":1},"device":"@"}""", 400 },
        { "/gradients", """{"graphId":"@","inputs":{"a":1}}""", 404 },
        { "/gradients", """{"graph":{"inputs":[{"name":"a"}],"nodes":[{"op":"@","inputs":["a"],"name":"y"}],"outputs":["y"]},"inputs":{"a":1}}""", 0 },
        { "/gradients", """{"graph":{"inputs":[{"name":"a"}],"nodes":[{"op":"Exp","inputs":["@"],"name":"y"}],"outputs":["y"]},"inputs":{"a":1}}""", 0 },
        { "/gradients", """{"graph":{"inputs":[{"name":"a"}],"nodes":[{"op":"Exp","inputs":["a"],"name":"y","attributes":{"@":1}}],"outputs":["y"]},"inputs":{"a":1}}""", 0 },
        { "/gradients", """{"graph":{"inputs":[{"name":"@"},{"name":"@"}],"nodes":[],"outputs":["@"]},"inputs":{}}""", 0 },
        { "/jacobians", """{"expression":"L = a","inputs":{"a":1},"outputs":["@"]}""", 422 },
        { "/jacobian-vector-products", """{"expression":"L = a","inputs":{"a":1},"tangents":{"@":1}}""", 422 },
        { "/evaluations", """{"expression":"L = a","inputs":{"a":[1]},"batch":["@"]}""", 422 },
        { "/graphs", """{"expression":"@ @"}""", 422 },
        { "/step-costs", """{"model":"@","tokens":10}""", 0 },
        { "/step-costs", """{"model":"gpt2","hardware":"@"}""", 0 },
        { "/checkpoint-plans", """{"layers":{"@":1}}""", 0 },
        { "/finite-difference-times", """{"model":"gpt2","hardware":"@"}""", 0 },
        { "/quizzes", """{"topics":["@"],"@":1}""", 0 },
        { "/quizzes", """{"companies":["@"],"count":5}""", 0 },
        { "/interviews", """{"questionId":"@"}""", 0 },
        { "/questions/import", """{"topics":[],"questions":[{"id":"@"}]}""", 0 },
        { "/Evaluate", """{"name":"@","input":[[1]]}""", 400 },
        { "/Evaluate", """{"name":"squared-sum","input":"@"}""", 400 },
        { "/tesseracts/squared-sum/apply", """{"inputs":{"@":1}}""", 422 },
        { "/tesseracts/squared-sum/apply", """{"inputs":{"a":"@","b":1,"c":1}}""", 422 },
        { "/tesseracts/squared-sum/jacobian", """{"inputs":{"a":1,"b":1,"c":1},"jac_inputs":["@"],"jac_outputs":["L"]}""", 422 },
        { "/account/login", """{"email":"@","password":"@"}""", 0 },
        { "/account/register", """{"email":"@","password":"@"}""", 0 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Long_names_are_cut_in_every_error(string route, string pattern, int status)
    {
        foreach (string name in (string[])[new('q', 50_000), new('é', 20_000), string.Concat(Enumerable.Repeat("q q", 10_000)), string.Concat(Enumerable.Repeat("q.q[", 10_000))])
        {
            using HttpResponseMessage answer = await api.SendAsync("POST", route, Probes.Json(pattern.Replace("@", name, StringComparison.Ordinal)));
            string body = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, body);
            if (status != 0 && name[0] == 'q' && name[1] == 'q')
            {
                ((int)answer.StatusCode).ShouldBe(status, body);
            }

            body.Length.ShouldBeLessThan(MostOfAnswer);
            LongRun().IsMatch(body).ShouldBeFalse(body);
        }
    }

    [Theory]
    [InlineData("/graphs/@")]
    [InlineData("/operators/@")]
    [InlineData("/models/@")]
    [InlineData("/hardware/@")]
    [InlineData("/questions/@")]
    [InlineData("/questions?topic=@")]
    [InlineData("/questions?difficulty=@")]
    [InlineData("/questions?limit=@")]
    [InlineData("/hardware?kind=@")]
    [InlineData("/tesseracts/@/docs")]
    [InlineData("/nothing/@")]
    public async Task Long_names_in_an_address_are_cut(string address)
    {
        using HttpResponseMessage answer = await api.SendAsync("GET", address.Replace("@", new string('q', 8000), StringComparison.Ordinal));
        string body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBeLessThan(500, body);
        LongRun().IsMatch(body).ShouldBeFalse(body);
    }

    [Fact]
    public async Task Warnings_are_cut_too()
    {
        string name = new('q', 50_000);
        using HttpResponseMessage answer = await api.SendAsync("POST", "/evaluations", Probes.Json($$"""{"expression":"{{name}} = log(a)","inputs":{"a":-1} }"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonNode warning = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["warnings"]![0]!;
        LongRun().IsMatch(warning.ToJsonString()).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_errors_are_told_by_the_first_hundred()
    {
        string names = string.Join(',', Enumerable.Repeat("\"\"", 5000));
        using HttpResponseMessage answer = await api.SendAsync("POST", "/evaluations", Probes.Json($$"""{"expression":"L = a","inputs":{"a":[1]},"batch":[{{names}}]}"""));
        JsonObject problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["errors"]!.AsObject().Count.ShouldBeLessThanOrEqualTo(100);
        ((string)problem["detail"]!).Length.ShouldBeLessThan(2100);
    }

    [Theory]
    [InlineData("There is no value 'a'; did you mean 'b'?")]
    [InlineData("The graph's node 'a' takes 'b', and that is a long text of many short words between two marks, which belongs to the service and is not cut 'c'.")]
    public void What_the_service_says_itself_stays(string text) => BriefText.Message(text).ShouldBe(text);

    [Fact]
    public void What_follows_a_long_name_stays() =>
        BriefText.Message($"There is no value '{new string('q', 1000)}'; did you mean 'b'?").ShouldBe($"There is no value '{new string('q', 99)}…'; did you mean 'b'?");

    [GeneratedRegex("(q|é){102}|(q q){40}|(q.q.){40}")]
    private static partial Regex LongRun();
}

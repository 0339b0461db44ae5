using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

[Collection(nameof(Alone))]
public sealed class BudgetTests(FrugalFixture frugal, ImpatientFixture impatient) : IClassFixture<FrugalFixture>, IClassFixture<ImpatientFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("/evaluations", 100, "", "Limits:MaxNodes")]
    [InlineData("/gradients", 11, ""","trace":true""", "Limits:TraceNodes")]
    [InlineData("/diagrams", 11, "", "Limits:DiagramNodes")]
    public async Task Nodes_past_a_limit_are_refused(string route, int sums, string members, string limit)
    {
        string expression = "L = x" + string.Concat(Enumerable.Repeat(" + x", sums + 1));
        await RefusedAsync(route, $$"""{"expression":"{{expression}}","inputs":{"x":1}{{members}} }""", limit);
    }

    [Theory]
    [InlineData("/evaluations", "L = max(*x)")]
    [InlineData("/gradients", "L = sum(*x)")]
    public async Task Operands_past_a_limit_are_refused(string route, string expression)
    {
        string operands = string.Join(',', Enumerable.Repeat("x", 102));
        await RefusedAsync(route, $$"""{"expression":"{{expression.Replace("*x", operands)}}","inputs":{"x":1} }""", "Limits:MaxNodes");
    }

    [Theory]
    [InlineData("wrt")]
    [InlineData("batch")]
    public async Task Names_past_a_limit_are_refused_before_they_are_read(string list)
    {
        string names = string.Join(',', Enumerable.Repeat("\"x\"", 101));
        using var response = await frugal.Http.PostAsync("/gradients", Json($$"""{"expression":"L = x","inputs":{"x":1},"{{list}}":[{{names}}]}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:MaxNodes");
        problem["errors"]![list].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/gradients", "wrt")]
    [InlineData("/jacobians", "outputs")]
    [InlineData("/gradients", "batch")]
    public async Task A_name_that_is_given_twice_is_refused(string route, string list)
    {
        string name = list == "outputs" ? "L" : "x";
        string body = $$"""{"expression":"L = x","inputs":{"x":[1]},"{{list}}":["{{name}}","{{name}}"]}""";
        using var response = await frugal.Http.PostAsync(route, Json(body));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["errors"]![$"{list}[1]"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_empty_names_one_is_told()
    {
        using var response = await frugal.Http.PostAsync("/evaluations", Json("""{"expression":"L = x","inputs":{"x":1},"batch":["x","","",""]}"""));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["batch[1]"]);
    }

    [Theory]
    [InlineData("/gradients")]
    [InlineData("/hessians")]
    public async Task Nodes_of_an_answer_past_a_limit_are_refused(string route)
    {
        string expression = $"L = {string.Concat(Enumerable.Repeat("tanh(", 95))}x{new string(')', 95)}";
        await RefusedAsync(route, $$"""{"expression":"{{expression}}","inputs":{"x":1} }""", "Limits:MaxNodes");
    }

    [Fact]
    public async Task Elements_past_a_limit_are_refused() => await RefusedAsync(
        "/evaluations", """{"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"y","op":"Expand","inputs":["x"],"attributes":{"shape":[1000001]}}],"outputs":["y"]},"inputs":{"x":1}}""", "Limits:MaxAnswerElements");

    [Fact]
    public async Task Work_past_a_limit_is_refused() => await RefusedAsync(
        "/evaluations",
        """
        {"graph":{"inputs":[{"name":"x"}],"nodes":[{"name":"a","op":"Expand","inputs":["x"],"attributes":{"shape":[8000,8000]}},
        {"name":"b","op":"MatMul","inputs":["a","a"]},{"name":"L","op":"ReduceSum","inputs":["b"],"attributes":{"keepdims":0}}],"outputs":["L"]},"inputs":{"x":1}}
        """,
        "Limits:MaxFlops");

    [Fact]
    public async Task Evaluations_of_a_gradient_check_count_together() => await RefusedAsync("/gradient-checks", LongCheck(200_000), "Limits:MaxFlops");

    [Fact]
    public async Task A_gradient_check_that_takes_too_long_ends()
    {
        long start = Stopwatch.GetTimestamp();
        using var response = await impatient.Http.PostAsync("/gradient-checks", Json(LongCheck(60_000)));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"]!["name"]!.GetValue<string>().ShouldBe("Limits:Seconds");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Soon);
    }

    [Fact]
    public async Task A_client_that_leaves_frees_its_turn()
    {
        using var leaving = new CancellationTokenSource();
        var running = frugal.Http.PostAsync("/gradient-checks", Json(LongCheck(30_000)), leaving.Token);
        await Task.Delay(AWhile);
        running.IsCompleted.ShouldBeFalse();
        await UntilAsync(HttpStatusCode.TooManyRequests);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        long start = Stopwatch.GetTimestamp();
        await UntilAsync(HttpStatusCode.OK);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(3 * AWhile);
    }

    private async Task UntilAsync(HttpStatusCode status)
    {
        using var patience = new CancellationTokenSource(Soon);
        while ((await frugal.Http.PostAsync("/evaluations", Json("""{"expression":"y = x","inputs":{"x":1}}"""), patience.Token)).StatusCode != status)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task RefusedAsync(string route, string body, string limit)
    {
        using var response = await frugal.Http.PostAsync(route, Json(body));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem["limit"].ShouldBeOfType<JsonObject>()["name"]!.GetValue<string>().ShouldBe(limit);
    }

    // Tens of thousands of evaluations of as many elements each: many seconds.
    private static string LongCheck(int elements) =>
        $$"""{"expression":"L = sum(sin(x))","inputs":{"x":[{{string.Join(',', Enumerable.Repeat("1", elements))}}]} }""";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}

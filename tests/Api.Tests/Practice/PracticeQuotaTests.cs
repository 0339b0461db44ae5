using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>Quizzes and interviews of one client neither block nor displace those of another, and can be deleted by their owner.</summary>
public sealed class PracticeQuotaTests
{
    private const string Flood = "203.0.113.7";
    private const string Other = "198.51.100.1";

    [Theory]
    [InlineData("/quizzes")]
    [InlineData("/interviews")]
    public async Task A_client_that_draws_without_end_displaces_itself_alone(string route)
    {
        await using var api = new ClientsFixture(("Limits:Quizzes", "6"), ("Limits:ClientQuizzes", "5"));
        string first = await DrawAsync(api, Other, route), flooded = await DrawAsync(api, Flood, route);
        for (int i = 0; i < 20; i++)
        {
            await DrawAsync(api, Flood, route);
        }

        string last = await DrawAsync(api, Other, route);
        (await api.Http.GetAsync(first)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Http.GetAsync(last)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Http.GetAsync(flooded)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/quizzes")]
    [InlineData("/interviews")]
    public async Task What_belongs_to_nobody_is_deleted_by_whoever_knows_it(string route)
    {
        await using var api = new ClientsFixture();
        string location = await DrawAsync(api, Flood, route);
        (await api.SendAsync(Other, HttpMethod.Delete, location)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await api.SendAsync(Other, HttpMethod.Delete, location)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await api.Http.GetAsync(location)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Limits:ClientQuestionReports")]
    [InlineData("Limits:QuestionReports")]
    public async Task Reports_of_errors_are_limited(string limit)
    {
        await using var api = new ClientsFixture((limit, "2"));
        foreach (int number in (int[])[1, 2])
        {
            (await ReportAsync(Flood)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        (await (await ReportAsync(Flood)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity))["limit"]!["name"]!.GetValue<string>().ShouldBe(limit);
        (await ReportAsync(Other)).StatusCode.ShouldBe(limit.Contains("Client", StringComparison.Ordinal) ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity);

        Task<HttpResponseMessage> ReportAsync(string address) =>
            api.SendAsync(address, HttpMethod.Post, "/questions/adam-memory/reports", new { text = "It is wrong." });
    }

    [Fact]
    public async Task An_answer_that_would_fill_the_disk_is_refused()
    {
        await using var api = new ClientsFixture();
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = QuestionKind.Numeric }, Count = 1 });
        var answer = new { item = 1, answer = new string('0', 10_001) + "1" };
        using HttpResponseMessage refused = await api.SendAsync(Flood, HttpMethod.Post, $"/quizzes/{quiz.Id}/answers", answer);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("answer").ShouldContain("10000");
        (await api.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(0);
    }

    [Fact]
    public async Task Tokens_of_the_trivia_interface_are_shared_out_among_clients()
    {
        await using var api = new ClientsFixture();
        string mine = await TokenAsync(Other), first = await TokenAsync(Flood);
        string last = first;
        for (int i = 0; i < 120; i++)
        {
            last = await TokenAsync(Flood);
        }

        (await CodeAsync(mine)).ShouldBe(0);
        (await CodeAsync(last)).ShouldBe(0);
        (await CodeAsync(first)).ShouldBe(3);

        async Task<string> TokenAsync(string address)
        {
            using HttpResponseMessage response = await api.SendAsync(address, HttpMethod.Get, "/api_token.php?command=request");
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        }

        async Task<int> CodeAsync(string token) =>
            JsonNode.Parse(await api.Http.GetStringAsync($"/api_token.php?command=reset&token={token}"))!["response_code"]!.GetValue<int>();
    }

    private static async Task<string> DrawAsync(ClientsFixture api, string address, string route)
    {
        using HttpResponseMessage response = await api.SendAsync(address, HttpMethod.Post, route, route == "/quizzes" ? new { count = 1 } : new { });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Derivatives;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Errors;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class QuestionWriteTests(PracticeFixture api) : IClassFixture<PracticeFixture>
{
    [Theory]
    [InlineData("POST", "/questions")]
    [InlineData("PUT", "/questions/x")]
    [InlineData("DELETE", "/questions/x")]
    [InlineData("POST", "/questions/import")]
    [InlineData("GET", "/questions/export")]
    public async Task Writes_and_exports_need_the_key(string method, string uri) =>
        await (await api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), uri))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_question_is_created_changed_and_retired()
    {
        QuestionContract question = PracticeFixture.Choice("written");
        (await api.Api.CreateQuestionAsync(question)).Version.ShouldBe(1);
        await api.Api.CreateQuestionAsync(question).ShouldBeRefusedAsync("id", 409);
        QuestionPage changed = await api.Api.ReplaceQuestionAsync("written", question with { Title = "Another" });
        (changed.Version, changed.Title).ShouldBe((2, "Another"));
        (await api.Api.ReplaceQuestionAsync("written", question with { Title = "Another" })).Version.ShouldBe(2);
        await api.Api.ReplaceQuestionAsync("elsewhere", question).ShouldBeRefusedAsync("id");
        await api.Api.DeleteQuestionAsync("written");
        await Should.ThrowAsync<ApiException>(() => api.Api.DeleteQuestionAsync("written"));
        (await api.Http.GetAsync("/questions/written")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.Api.CreateQuestionAsync(question)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_by_its_path()
    {
        QuestionContract question = PracticeFixture.Choice("faulty");
        var set = new QuestionSetContract { Topics = [], Questions = [question, question with { Topic = "nowhere", Citations = [] }] };
        ApiException refusal = await Should.ThrowAsync<ApiException>(() => api.Api.ImportQuestionsAsync(set));
        refusal.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refusal.ProblemAsync())!.Errors!.Keys.ShouldBe(["questions[1].id", "questions[1].topic", "questions[1].citations"]);
        (await api.Http.GetAsync("/questions/faulty")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("log(-1 - x^2)")]
    [InlineData("reshape(x, 2)")]
    public async Task A_formula_that_no_answer_can_be_compared_with_is_refused(string formula) =>
        await api.Api.CreateQuestionAsync(PracticeFixture.Choice("nowhere-defined") with
        {
            Kind = QuestionKind.Expression,
            Choices = null,
            Open = null,
            Expression = new ExpressionKeyContract { Formula = formula, Variables = [new VariableContract { Name = "x" }] },
        }).ShouldBeRefusedAsync("expression");

    [Fact]
    public async Task What_no_document_can_hold_does_not_break_the_exports()
    {
        await api.Api.CreateQuestionAsync(PracticeFixture.Choice("strange") with { Prompt = $"A bell &#1; and {new string('>', 400)} deep" });
        foreach (string format in (string[])["moodleXml", "gift", "ankiTsv"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/questions/export?format={format}") { Headers = { { "X-Api-Key", ApiFixture.WriteKey } } };
            HttpResponseMessage response = await api.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await response.Content.ReadAsStringAsync()).ShouldContain("deep");
        }

        await api.Api.DeleteQuestionAsync("strange");
    }

    [Theory]
    [InlineData("""{"topics":[],"questions":[{"id":"x"}]}""", "questions[0].topic")]
    [InlineData("""{"topics":[],"questions":[null]}""", "questions[0]")]
    [InlineData("""{"topics":[],"questions":[],"more":1}""", "more")]
    [InlineData("""{"topics":[]}""", "questions")]
    public async Task What_is_no_set_is_malformed(string json, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/questions/import") { Content = Probes.Json(json), Headers = { { "X-Api-Key", ApiFixture.WriteKey } } };
        (await (await api.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt(path);
    }

    [Fact]
    public async Task The_json_export_is_what_an_import_takes()
    {
        string text = await api.Api.ExportQuestionsAsync(ExportFormat.Json);
        JsonNode.Parse(text)!["questions"]!.AsArray().Count.ShouldBe((int)(await api.Api.ListQuestionsAsync()).Total);
        QuestionSetContract set = await api.Api.ExportQuestionsAsync();
        (await api.Api.ImportQuestionsAsync(set)).Unchanged.ShouldBe(set.Questions.Count);
        (await api.Api.ExportQuestionsAsync(ExportFormat.Json)).ShouldBe(text);
    }
}

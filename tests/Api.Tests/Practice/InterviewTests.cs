using System.Net;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class InterviewTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    private const string Question = "why-backpropagation-is-linear";

    [Fact]
    public async Task Hints_come_one_at_a_time_then_the_answer_then_the_marks()
    {
        InterviewPage interview = await api.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Question });
        (interview.State, interview.Seed, interview.Answer, interview.Marks).ShouldBe((InterviewState.Asked, null, null, null));
        interview.Companies.Count.ShouldBe(3);
        int hints = interview.HintsLeft;
        hints.ShouldBeGreaterThan(1);

        (await api.Api.TakeHintAsync(interview.Id)).Number.ShouldBe(1);
        QuestionHint second = await api.Api.TakeHintAsync(interview.Id);
        (second.Number, second.Of).ShouldBe((2, hints));
        InterviewPage hinted = await api.Api.GetInterviewAsync(interview.Id);
        (hinted.Hints[1].Text, hinted.HintsLeft).ShouldBe((second.Text, hints - 2));
        await RefusedAsync(HttpStatusCode.Conflict, () => api.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [] }));

        InterviewReveal answer = await api.Api.RevealAnswerAsync(interview.Id);
        answer.ModelAnswer.ShouldNotBeNullOrWhiteSpace();
        (await api.Api.RevealAnswerAsync(interview.Id)).ModelAnswer.ShouldBe(answer.ModelAnswer);
        await RefusedAsync(HttpStatusCode.Conflict, () => api.Api.TakeHintAsync(interview.Id));

        string[] named = [.. answer.Rubric.Select(fact => fact.Id).Take(2)];
        InterviewMarks marks = await api.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = named });
        marks.Score.ShouldBe(answer.Rubric.Take(2).Sum(fact => fact.Weight ?? 1) / answer.Rubric.Sum(fact => fact.Weight ?? 1), 1e-12);
        marks.Missed.Select(fact => fact.Id).ShouldBe(answer.Rubric.Skip(2).Select(fact => fact.Id));
        (marks.HintsTaken, marks.FollowUps.Count > 0, marks.FollowUpAnswers!.Count).ShouldBe((2, true, marks.FollowUps.Count));
        marks = await api.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [.. answer.Rubric.Select(fact => fact.Id)] });
        (marks.Score, marks.Missed.Count).ShouldBe((1, 0));
        InterviewPage marked = await api.Api.GetInterviewAsync(interview.Id);
        (marked.State, marked.Marks!.Score, marked.Answer!.Rubric.Count).ShouldBe((InterviewState.Marked, 1, answer.Rubric.Count));
    }

    [Fact]
    public async Task An_answer_in_own_words_is_returned_beside_the_model_answer()
    {
        InterviewPage interview = await api.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Question });
        var answer = new InterviewAnswerRequest { Answer = "One pass backwards,\nwhatever the number of inputs." };
        (await api.Api.AnswerInterviewAsync(interview.Id, answer)).Answer.ShouldBe(answer.Answer);
        (await api.Api.AnswerInterviewAsync(interview.Id, answer)).ModelAnswer.ShouldNotBeNullOrWhiteSpace();
        (await api.Api.RevealAnswerAsync(interview.Id)).Answer.ShouldBe(answer.Answer);
        await api.Api.MarkInterviewAsync(interview.Id, new InterviewMarksRequest { Named = [] });
        (await api.Api.GetInterviewAsync(interview.Id)).Answer!.Answer.ShouldBe(answer.Answer);

        HttpResponseMessage other = await api.Http.PostAsync($"/interviews/{interview.Id}/answer", Probes.Json("""{"answer":"what the model says"}"""));
        (await other.ShouldBeProblemAsync(HttpStatusCode.Conflict)).ErrorAt("answer").ShouldContain("another answer was given");
    }

    [Theory]
    [InlineData("""{"anser":"x"}""", 400, "anser")]
    [InlineData("""{"answer":1}""", 400, "answer")]
    [InlineData("", 400, "")]
    public async Task A_faulty_answer_reveals_nothing(string body, int status, string path)
    {
        InterviewPage interview = await api.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Question });
        HttpResponseMessage response = await api.Http.PostAsync($"/interviews/{interview.Id}/answer", body.Length > 0 ? Probes.Json(body) : Probes.Json(" "));
        (await response.ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();
        response = await api.Http.PostAsync($"/interviews/{interview.Id}/answer", Probes.Json($$"""{"answer":"{{new string('x', 20_001)}}"}"""));
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("answer").ShouldContain("20000");
        (await api.Api.GetInterviewAsync(interview.Id)).State.ShouldBe(InterviewState.Asked);
        (await api.Api.AnswerInterviewAsync(interview.Id, new InterviewAnswerRequest { Answer = "  " })).Answer.ShouldBeNull();
    }

    [Fact]
    public async Task After_the_last_hint_there_is_none()
    {
        InterviewPage interview = await api.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Question });
        for (int hint = 0; hint < interview.HintsLeft; hint++)
        {
            await api.Api.TakeHintAsync(interview.Id);
        }

        await RefusedAsync(HttpStatusCode.Conflict, () => api.Api.TakeHintAsync(interview.Id));
    }

    [Fact]
    public async Task Filters_and_seed_draw_the_question()
    {
        var request = new InterviewRequest { Filters = new QuizFilters { Company = ["meta", "Anthropic"], CompanyMatch = CompanyMatch.All }, Seed = 5 };
        InterviewPage[] drawn = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => api.Api.StartInterviewAsync(request)));
        drawn.Select(interview => (interview.QuestionId, interview.Seed)).Distinct().ShouldHaveSingleItem();
        new[] { "Meta", "Anthropic" }.Except(drawn[0].Companies.Select(company => company.Name)).ShouldBeEmpty();
        InterviewPage[] all = await Task.WhenAll(Enumerable.Range(0, 60).Select(seed => api.Api.StartInterviewAsync(new InterviewRequest { Seed = seed })));
        all.Select(interview => interview.QuestionId).Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("""{"questionId":"states-of-adam"}""", "questionId")]
    [InlineData("""{"questionId":"why-backpropagation-is-linear","seed":1}""", "questionId")]
    [InlineData("""{"filters":{"kind":"numeric"}}""", "filters.kind")]
    [InlineData("""{"filters":{"company":["Acme"]}}""", "filters.company[0]")]
    [InlineData("""{"questionId":"why-backpropagation-is-linaer"}""", "questionId")]
    [InlineData("""{"filters":{"topic":"backpropagatoin"}}""", "filters.topic")]
    public async Task An_interview_that_cannot_be_held_says_why(string body, string path) =>
        (await (await api.Http.PostAsync("/interviews", Probes.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt(path).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{"named":["adjoint-reuse","no-such-fact"]}""", 422, "named[1]")]
    [InlineData("""{"named":["adjoint-reuse","adjoint-reuse"]}""", 422, "named[1]")]
    [InlineData("""{"named":[null]}""", 400, "named[0]")]
    public async Task Marks_name_facts_of_the_rubric_each_once(string body, int status, string path)
    {
        InterviewPage interview = await api.Api.StartInterviewAsync(new InterviewRequest { QuestionId = Question });
        await api.Api.RevealAnswerAsync(interview.Id);
        HttpResponseMessage response = await api.Http.PutAsync($"/interviews/{interview.Id}/marks", Probes.Json(body));
        (await response.ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();
        (await api.Api.GetInterviewAsync(interview.Id)).State.ShouldBe(InterviewState.Revealed);
    }

    [Fact]
    public Task An_interview_that_is_none_is_not_found() => RefusedAsync(HttpStatusCode.NotFound, () => api.Api.TakeHintAsync(new string('0', 32)));

    private static async Task RefusedAsync<T>(HttpStatusCode status, Func<Task<T>> request) =>
        (await Should.ThrowAsync<ApiException>(request)).StatusCode.ShouldBe(status);
}

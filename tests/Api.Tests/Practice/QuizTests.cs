using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Refit;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

public sealed class QuizTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    private static readonly QuizFilters Numbers = new() { Topic = "backpropagation", Kind = QuestionKind.Numeric };

    [Fact]
    public async Task A_quiz_is_drawn_answered_and_shows_what_to_read()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 3, Seed = 7 });
        quiz.State.ShouldBe(QuizState.Open);
        quiz.Items.Select(item => item.Number).ShouldBe([1, 2, 3]);
        quiz.Items.ShouldAllBe(item => item.Kind == QuestionKind.Numeric && item.Topic == "backpropagation" && item.Result == null);
        (quiz.ReadNext, quiz.ExpiresAt).ShouldBe((null, null));

        QuizAnswerResult first = await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = 123456.789 });
        (first.Correct, first.Score).ShouldBe((false, 0));
        first.Explanation.ShouldNotBeNullOrWhiteSpace();
        first.Citations.ShouldNotBeEmpty();
        QuizPage open = await api.Api.GetQuizAsync(quiz.Id);
        (open.State, open.Answered, open.ReadNext).ShouldBe((QuizState.Open, 1, null));
        open.Left.ShouldBe([2, 3]);
        open.Items[0].Result!.Explanation.ShouldBe(first.Explanation);
        open.Items[1].Result.ShouldBeNull();

        await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 2, Answer = 123456.789 });
        await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 3, Answer = 123456.789 });
        QuizPage finished = await api.Api.GetQuizAsync(quiz.Id);
        (finished.State, finished.Answered, finished.Correct, finished.Score).ShouldBe((QuizState.Finished, 3, 0, 0));
        finished.ReadNext!.Topics.ShouldHaveSingleItem().Items.ShouldBe([1, 2, 3]);
        finished.ReadNext.Citations.ShouldNotBeEmpty();
        finished.Items.ShouldAllBe(item => item.Result!.Answer!.Texts.Single() == "123456.789");
    }

    [Fact]
    public async Task What_was_expected_is_right_when_it_is_answered()
    {
        var request = new QuizRequest { Count = 50, Seed = 11 };
        QuizPage spied = await api.Api.CreateQuizAsync(request);
        QuizPage quiz = await api.Api.CreateQuizAsync(request);
        foreach (QuizItem item in spied.Items)
        {
            AnswerValue wrong = item.Kind switch
            {
                QuestionKind.MultipleChoice or QuestionKind.MultiSelect => "a",
                QuestionKind.Derivation => AnswerValue.Object([.. item.Exercise!.Gradients!.Keys.Select(name => (name, "0"))]),
                _ => "1",
            };
            AnswerValue expected = (await api.Api.AnswerQuizAsync(spied.Id, new QuizAnswerRequest { Item = item.Number, Answer = wrong })).Expected!;
            (await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = item.Number, Answer = expected })).Score.ShouldBe(1, item.QuestionId);
        }

        QuizPage finished = await api.Api.GetQuizAsync(quiz.Id);
        (finished.State, finished.Correct, finished.Score).ShouldBe((QuizState.Finished, 50, 1));
        finished.ReadNext!.Topics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_the_right_choices_scores_a_part()
    {
        (string quiz, QuizItem item) = await DrawAsync("states-of-adam");
        QuizAnswerResult result = await api.Api.AnswerQuizAsync(quiz, new QuizAnswerRequest { Item = item.Number, Answer = AnswerValue.List("A running mean of the gradient") });
        (result.Correct, result.Score).ShouldBe((false, 0.5));
        result.Expected!.Texts.ShouldBe(["A running mean of the gradient", "A running mean of the squared gradient"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("differences-against-backprop", "11.09 years", "11.1 y", "3.5e8 s", "4051 days", "11.09")]
    [InlineData("small-model-by-differences", "7.18 days", "620000 s", "172.2 h", "620,000 s")]
    [InlineData("flops-per-token-of-gpt3", "1.05e12", "1.05×10^12", "1.05 TFLOPs")]
    [InlineData("largest-of-three-gradients", "-24", "−24.0")]
    [InlineData("thirty-two-layers-five-checkpoints", "12")]
    public async Task Numbers_are_right_in_every_usual_spelling(string question, params string[] spellings)
    {
        foreach (string spelling in spellings)
        {
            (string quiz, QuizItem item) = await DrawAsync(question);
            HttpResponseMessage banana = await PostAsync(quiz, new { item = item.Number, answer = "banana" });
            (await banana.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("answer").ShouldContain("banana");
            (await api.Api.AnswerQuizAsync(quiz, new QuizAnswerRequest { Item = item.Number, Answer = spelling })).Correct.ShouldBeTrue($"{question}: {spelling}");
        }
    }

    [Fact]
    public async Task An_item_is_answered_once_and_the_same_key_gives_the_same_result()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 2, Seed = 7 });
        HttpResponseMessage first = await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "a key");
        string body = await first.Content.ReadAsStringAsync();
        first.StatusCode.ShouldBe(HttpStatusCode.OK, body);

        HttpResponseMessage again = await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "a key");
        (again.StatusCode, await again.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, body));
        await (await PostAsync(quiz.Id, new { item = 1, answer = "6" }, "a key")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PostAsync(quiz.Id, new { item = 2, answer = "5" }, "a key")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "another key")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await (await PostAsync(quiz.Id, new { item = 1, answer = "5" })).ShouldBeProblemAsync(HttpStatusCode.Conflict)).ErrorAt("item").ShouldContain("already answered");
        (await (await PostAsync(quiz.Id, new { item = 2, answer = "5" }, new string('k', 201))).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).ErrorAt("Idempotency-Key").ShouldContain("200");
        (await api.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(1);
    }

    [Fact]
    public async Task An_unreadable_answer_does_not_use_up_its_key()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 1, Seed = 7 });
        await (await PostAsync(quiz.Id, new { item = 1, answer = "banana" }, "key")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (await api.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(0);
        (await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "key")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_answers_at_once_one_is_graded(bool sameKey)
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 2, Seed = 7 });
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            PostAsync(quiz.Id, new { item = 1, answer = sameKey ? "5" : $"{i}" }, sameKey ? "key" : null)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(sameKey ? 30 : 1);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == HttpStatusCode.Conflict);
        (await Task.WhenAll(answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        (await api.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(1);
    }

    [Fact]
    public async Task A_late_answer_does_not_count()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 2, Seed = 7, TimeLimitSeconds = 3600 });
        (quiz.ExpiresAt - quiz.CreatedAt).ShouldBe(TimeSpan.FromHours(1));
        string inTime = await (await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "key")).Content.ReadAsStringAsync();
        api.Clock.Advance(TimeSpan.FromHours(2));
        (await (await PostAsync(quiz.Id, new { item = 2, answer = "5" })).ShouldBeProblemAsync(HttpStatusCode.Conflict))["detail"]!.GetValue<string>().ShouldContain("expired");
        (await (await PostAsync(quiz.Id, new { item = 1, answer = "5" }, "key")).Content.ReadAsStringAsync()).ShouldBe(inTime);
        QuizPage expired = await api.Api.GetQuizAsync(quiz.Id);
        (expired.State, expired.Answered).ShouldBe((QuizState.Expired, 1));
        expired.Left.ShouldBeEmpty();
        (expired.Items[1].Result!.Answer, expired.Items[1].Result!.Score).ShouldBe((null, 0));
        expired.ReadNext!.Topics.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_quiz_keeps_what_it_was_drawn_from()
    {
        QuestionContract question = PracticeFixture.Choice("kept-number") with
        {
            Topic = "backpropagation",
            Kind = QuestionKind.Numeric,
            Choices = null,
            Open = null,
            Numeric = new NumericKeyContract { Value = 4321.5 },
        };
        await api.Api.CreateQuestionAsync(question);
        (string quiz, QuizItem item) = await DrawAsync(question.Id);
        await api.Api.ReplaceQuestionAsync(question.Id, question with { Prompt = "Changed?", Numeric = new NumericKeyContract { Value = 1 } });
        await api.Api.DeleteQuestionAsync(question.Id);
        QuizItem kept = (await api.Api.GetQuizAsync(quiz)).Items[item.Number - 1];
        (kept.Version, kept.Prompt).ShouldBe((1, question.Prompt));
        (await api.Api.AnswerQuizAsync(quiz, new QuizAnswerRequest { Item = item.Number, Answer = 4321.5 })).Correct.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"count":0}""", 422, "count")]
    [InlineData("""{"count":51}""", 422, "count")]
    [InlineData("""{"timeLimitSeconds":0}""", 422, "timeLimitSeconds")]
    [InlineData("""{"timeLimitSeconds":99999999}""", 422, "timeLimitSeconds")]
    [InlineData("""{"filters":{"topic":"no-such-topic"}}""", 422, "filters.topic")]
    [InlineData("""{"filters":{"topic":["backpropagation","no-such-topic"]}}""", 422, "filters.topic[1]")]
    [InlineData("""{"filters":{"tag":"no-such-tag"}}""", 422, "filters.tag")]
    [InlineData("""{"filters":{"id":"no-such-question"}}""", 422, "filters.id")]
    [InlineData("""{"filters":{"id":["weight-used-twice","no-such-question"]}}""", 422, "filters.id[1]")]
    [InlineData("""{"filters":{"unseen":true}}""", 422, "filters.unseen")]
    [InlineData("""{"filters":{"answeredWrong":true}}""", 422, "filters.answeredWrong")]
    [InlineData("""{"filters":{"unseen":true,"answeredWrong":true}}""", 422, "filters.answeredWrong")]
    [InlineData("""{"filters":{"kind":["numeric","essay"]}}""", 400, "filters.kind[1]")]
    [InlineData("""{"filters":{"topic":5}}""", 400, "filters.topic")]
    [InlineData("""{"filters":{"topic":[null]}}""", 400, "filters.topic[0]")]
    [InlineData("""{"filters":{"tag":{}}}""", 400, "filters.tag")]
    [InlineData("""{"filters":{"difficulty":[]},"tries":0}""", 422, "tries")]
    [InlineData("""{"tries":6}""", 422, "tries")]
    [InlineData("""{"exercises":-1}""", 422, "exercises")]
    [InlineData("""{"exercises":4}""", 422, "exercises")]
    [InlineData("""{"hide":["colour"]}""", 400, "hide[0]")]
    [InlineData("""{"studySet":"no-such-set"}""", 422, "studySet")]
    [InlineData("""{"studySet":"backpropagation-lesson","filters":{"id":"adam-memory"}}""", 422, "filters")]
    [InlineData("""{"filters":{"company":["Google","Gogle"]}}""", 422, "filters.company[1]")]
    [InlineData("""{"filters":{"topic":"backpropagation","kind":"multiSelect"},"count":50}""", 422, "count")]
    [InlineData("""{"filters":{"difficulty":"impossible"}}""", 400, "filters.difficulty")]
    [InlineData("""{"seed":1.5}""", 400, "seed")]
    [InlineData("""{"seeds":1}""", 400, "seeds")]
    public async Task A_quiz_that_cannot_be_drawn_says_why(string body, int status, string path) =>
        (await (await api.Http.PostAsync("/quizzes", Probes.Json(body))).ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{"item":3,"answer":1}""", 422, "item")]
    [InlineData("""{"item":0,"answer":1}""", 422, "item")]
    [InlineData("""{"item":1}""", 400, "answer")]
    [InlineData("""{"item":1,"answer":null}""", 400, "answer")]
    [InlineData("""{"item":1,"answer":{}}""", 400, "answer")]
    [InlineData("""{"item":1,"answer":[[1]]}""", 400, "answer[0]")]
    [InlineData("""{"item":1,"answer":"\ud800"}""", 400, "answer")]
    [InlineData("""{"item":1,"answer":""}""", 422, "answer")]
    [InlineData("""{"item":1,"answer":["1","2"]}""", 422, "answer")]
    [InlineData("""{"item":1,"answer":1e999}""", 422, "answer")]
    [InlineData("""{"item":1,"answer":true}""", 422, "answer")]
    public async Task An_answer_that_is_none_costs_nothing(string body, int status, string path)
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 2, Seed = 7 });
        (await (await api.Http.PostAsync($"/quizzes/{quiz.Id}/answers", Probes.Json(body))).ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();
        (await api.Api.GetQuizAsync(quiz.Id)).Answered.ShouldBe(0);
    }

    [Fact]
    public async Task Ids_are_long_and_none_is_another()
    {
        QuizPage[] quizzes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.Api.CreateQuizAsync(new QuizRequest { Count = 1, Seed = 1 })));
        quizzes.Select(quiz => quiz.Id).Distinct().Count().ShouldBe(5);
        quizzes.ShouldAllBe(quiz => quiz.Id.Length == 32 && quiz.Id.All(char.IsAsciiHexDigitLower));
        (await Should.ThrowAsync<ApiException>(() => api.Api.GetQuizAsync(quizzes[0].Id[..31] + "x"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        HttpResponseMessage page = await api.Http.GetAsync($"/quizzes/{quizzes[0].Id}");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_graph_is_shown_as_a_picture_without_what_is_asked()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Numbers, Count = 10, Seed = 3 });
        QuizItem[] drawn = [.. quiz.Items.Where(item => item.Figure is not null)];
        drawn.ShouldNotBeEmpty();
        drawn.ShouldAllBe(item => item.Diagram!.StartsWith("<svg") && !item.Diagram.Contains('∂'));
        quiz.Items.Except(drawn).ShouldAllBe(item => item.Diagram == null);
    }

    /// <summary>A quiz with this question.</summary>
    private async Task<(string Quiz, QuizItem Item)> DrawAsync(string question)
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Id = question } });
        return (quiz.Id, quiz.Items.Single(item => item.QuestionId == question));
    }

    private Task<HttpResponseMessage> PostAsync(string quiz, object answer, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/quizzes/{quiz}/answers") { Content = JsonContent.Create(answer) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return api.Http.SendAsync(request);
    }
}

using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>Several tries, another question like one, and finishing a quiz.</summary>
public sealed class AnotherTryTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    [Fact]
    public async Task Tries_hide_the_key_and_lose_points()
    {
        QuizPage quiz = await DrawAsync("largest-of-three-gradients", tries: 2);
        quiz.Items[0].TriesLeft.ShouldBe(2);
        QuizAnswerResult first = await AnswerAsync(quiz, 1, "16", "one");
        (first.Correct, first.Score, first.TriesLeft, first.Expected, first.Explanation, first.Citations).ShouldBe((false, 0, 1, null, null, null));
        QuizPage open = await api.Api.GetQuizAsync(quiz.Id);
        (open.State, open.Answered).ShouldBe((QuizState.Open, 0));
        open.Left.ShouldBe([1]);
        QuizAnswerResult second = await AnswerAsync(quiz, 1, "-24", "two");
        (second.Correct, second.Score, second.TriesLeft).ShouldBe((true, 0.5, 0));
        second.Explanation.ShouldNotBeNull();
        (await AnswerAsync(quiz, 1, "16", "one")).ShouldBe(first, "a repeated try is not graded again");
        QuizPage finished = await api.Api.GetQuizAsync(quiz.Id);
        (finished.State, finished.Score, finished.Correct).ShouldBe((QuizState.Finished, 0.5, 1));
    }

    [Fact]
    public async Task Of_second_tries_at_once_one_is_graded()
    {
        QuizPage quiz = await DrawAsync("largest-of-three-gradients", tries: 2);
        await AnswerAsync(quiz, 1, "16");
        HttpResponseMessage[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(index =>
            api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = 1, answer = $"{index}" })));
        all.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        all.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Another_one_of_a_template_has_other_numbers()
    {
        QuizPage quiz = await DrawAsync("adam-memory");
        await (await PostAsync($"/quizzes/{quiz.Id}/items/1/another")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await AnswerAsync(quiz, 1, "1 GB");
        QuizItem another = await api.Api.AddAnotherItemAsync(quiz.Id, 1);
        (another.Number, another.AnotherOf, another.QuestionId, another.Result).ShouldBe((2, 1, "adam-memory", null));
        another.Prompt.ShouldNotBe(quiz.Items[0].Prompt);
        (await PostAsync($"/quizzes/{quiz.Id}/items/1/another")).StatusCode.ShouldBe(HttpStatusCode.OK, "it is not answered yet");
        QuizPage grown = await api.Api.GetQuizAsync(quiz.Id);
        (grown.State, grown.Items.Count).ShouldBe((QuizState.Open, 2));
        AnswerValue expected = (await AnswerAsync(quiz, 2, "1 GB")).Expected!;
        expected.ShouldNotBe(grown.Items[0].Result!.Expected);
        (await PostAsync($"/quizzes/{quiz.Id}/items/2/another")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_one_of_a_fixed_question_is_a_sibling()
    {
        QuizPage quiz = await DrawAsync("why-momentum");
        await AnswerAsync(quiz, 1, "a");
        QuizItem another = await api.Api.AddAnotherItemAsync(quiz.Id, 1);
        (another.Topic, another.Kind).ShouldBe(("optimisers", QuestionKind.MultipleChoice));
        another.QuestionId.ShouldNotBe("why-momentum");
    }

    [Fact]
    public async Task Another_one_of_an_interview_question_is_one_of_the_same_topic()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Id = "stages-of-zero" }, Count = 1 });
        await AnswerAsync(quiz, 1, "In my own words.");
        (await api.Api.AddAnotherItemAsync(quiz.Id, 1)).QuestionId.ShouldBe("pipeline-or-tensor-parallelism");
        await AnswerAsync(quiz, 2, "In my own words.");
        await (await PostAsync($"/quizzes/{quiz.Id}/items/2/another")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_finished_quiz_shows_every_key_and_takes_nothing_more()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Count = 3, Seed = 4, Tries = 3 });
        QuizPage finished = await api.Api.FinishQuizAsync(quiz.Id);
        (finished.State, finished.Answered, finished.Score).ShouldBe((QuizState.Finished, 0, 0));
        finished.Items.ShouldAllBe(item => item.Result!.Expected != null && item.Result.Explanation != null && item.TriesLeft == 0);
        finished.Left.ShouldBeEmpty();
        finished.ReadNext.ShouldNotBeNull();
        await (await api.Http.PostAsJsonAsync($"/quizzes/{quiz.Id}/answers", new { item = 1, answer = finished.Items[0].Result!.Expected!.Texts[0] }))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict);
        await (await PostAsync($"/quizzes/{quiz.Id}/items/1/another")).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await api.Api.FinishQuizAsync(quiz.Id)).State.ShouldBe(QuizState.Finished);
        await (await PostAsync("/quizzes/00000000000000000000000000000000/finish")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    private Task<QuizPage> DrawAsync(string question, int tries = 1) =>
        api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Id = question }, Tries = tries, Seed = 1 });

    private Task<QuizAnswerResult> AnswerAsync(QuizPage quiz, int item, string answer, string? key = null) =>
        api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = item, Answer = answer }, key);

    private Task<HttpResponseMessage> PostAsync(string path) => api.Http.PostAsync(path, null);
}

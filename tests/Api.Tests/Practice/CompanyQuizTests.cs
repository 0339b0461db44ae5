using System.Net;
using System.Net.Http.Json;
using Backprop.Api.Tests.Hosting;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>Interview questions in quizzes, and exercises next to them.</summary>
public sealed class CompanyQuizTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    private static readonly QuizFilters Google = new() { Company = ["Google"], Difficulty = Difficulty.Medium };

    [Fact]
    public async Task A_company_and_a_difficulty_draw_a_quiz()
    {
        HttpResponseMessage created = await api.Http.PostAsync("/quizzes", Probes.Json("""{"filters":{"company":["Google"],"difficulty":["medium"]}}"""));
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Google });
        QuizItem[] asked = [.. quiz.Items.Where(item => item.Practises is null)], exercises = [.. quiz.Items.Except(asked)];
        asked.Length.ShouldBe(3);
        asked.ShouldAllBe(item => item.Kind == QuestionKind.Interview && item.Difficulty == Difficulty.Medium && item.Companies!.Any(company => company.Name == "Google"));
        exercises.Length.ShouldBe(3);
        exercises.ShouldAllBe(item => item.Kind != QuestionKind.Interview && item.Companies == null);
        foreach (QuizItem exercise in exercises)
        {
            QuizItem practised = quiz.Items[exercise.Number - 2];
            (practised.QuestionId, practised.Topic).ShouldBe((exercise.Practises, exercise.Topic), "it follows the question whose skill it practises");
        }
    }

    [Theory]
    [InlineData(null, null, 6)]
    [InlineData(2, null, 2)]
    [InlineData(2, 3, 8)]
    [InlineData(null, 0, 3)]
    public async Task Exercises_come_in_addition_to_the_count(int? count, int? exercises, int items) =>
        (await api.Api.CreateQuizAsync(new QuizRequest { Filters = Google, Count = count, Exercises = exercises, Seed = 5 })).Items.Count.ShouldBe(items);

    [Fact]
    public async Task The_same_seed_draws_the_same_exercises()
    {
        QuizPage[] quizzes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => api.Api.CreateQuizAsync(new QuizRequest { Filters = Google, Exercises = 2, Seed = 8 })));
        quizzes[1].Items.Select(item => (item.QuestionId, item.Practises, item.Prompt)).ShouldBe(quizzes[0].Items.Select(item => (item.QuestionId, item.Practises, item.Prompt)));
    }

    [Fact]
    public async Task An_answer_in_words_is_marked_by_its_rubric()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Google, Count = 1, Exercises = 0, Seed = 1 });
        QuizAnswerResult answered = await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = "Each adjoint is reused in the reverse order of the operations." }, "key");
        (answered.Correct, answered.Score, answered.TriesLeft).ShouldBe((false, 0, 0));
        SelfAssessment shown = answered.Interview!;
        answered.Expected!.Texts.ShouldBe([shown.ModelAnswer]);
        shown.Rubric.Count.ShouldBeGreaterThan(4);
        shown.Suggested!.ShouldBeSubsetOf(shown.Rubric.Select(fact => fact.Id));
        shown.Marks.ShouldBeNull();

        string[] named = [shown.Rubric[0].Id, shown.Rubric[2].Id];
        QuizAnswerResult marked = await api.Api.MarkQuizItemAsync(quiz.Id, 1, new QuizMarksRequest { Named = named });
        double share = (shown.Rubric[0].Weight!.Value + shown.Rubric[2].Weight!.Value) / shown.Rubric.Sum(fact => fact.Weight!.Value);
        marked.Score.ShouldBe(share, 1e-12);
        marked.Interview!.Marks!.Named.ShouldBe(named);
        marked.Interview.Marks.FollowUps.ShouldNotBeEmpty();
        QuizPage finished = await api.Api.GetQuizAsync(quiz.Id);
        (finished.State, finished.Score).ShouldBe((QuizState.Finished, marked.Score));
        (await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = "Each adjoint is reused in the reverse order of the operations." }, "key"))
            .Score.ShouldBe(marked.Score);
        (await api.Api.MarkQuizItemAsync(quiz.Id, 1, new QuizMarksRequest { Named = [.. shown.Rubric.Select(fact => fact.Id)] })).Correct.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"named":["no-such-fact"]}""", 422, "named[0]")]
    [InlineData("""{"named":"one"}""", 400, "named")]
    [InlineData("""{"named":[null]}""", 400, "named[0]")]
    [InlineData("{}", 400, "named")]
    [InlineData("""{"named":[],"score":1}""", 400, "score")]
    public async Task Marks_that_do_not_fit_are_refused(string body, int status, string path)
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Google, Count = 1, Exercises = 0, Seed = 1 });
        await api.Api.AnswerQuizAsync(quiz.Id, new QuizAnswerRequest { Item = 1, Answer = "So." });
        HttpResponseMessage refused = await api.Http.PutAsync($"/quizzes/{quiz.Id}/items/1/marks", Probes.Json(body));
        (await refused.ShouldBeProblemAsync((HttpStatusCode)status)).ErrorAt(path).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Only_an_answered_interview_question_is_marked()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = Google, Exercises = 1, Seed = 1 });
        foreach (int number in (int[])[1, 2])
        {
            await (await api.Http.PutAsJsonAsync($"/quizzes/{quiz.Id}/items/{number}/marks", new { named = Array.Empty<string>() })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        }

        await (await api.Http.PutAsJsonAsync($"/quizzes/{quiz.Id}/items/99/marks", new { named = Array.Empty<string>() })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await api.Http.PutAsJsonAsync($"/quizzes/{quiz.Id[..31]}x/items/1/marks", new { named = Array.Empty<string>() })).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Questions_that_give_each_other_away_are_not_asked_together()
    {
        QuestionSetContract bank = await api.Api.ExportQuestionsAsync();
        Dictionary<string, string?> groups = bank.Questions.ToDictionary(question => question.Id, question => question.Group);
        groups.Values.OfType<string>().Distinct().Count().ShouldBe(7);
        for (int seed = 0; seed < 12; seed++)
        {
            QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Topic = ["backpropagation", "automatic-differentiation"] }, Count = 30, Seed = seed });
            string[] drawn = [.. quiz.Items.Select(item => groups[item.QuestionId]).OfType<string>()];
            drawn.Distinct().Count().ShouldBe(drawn.Length);
        }

        string[] together = [.. groups.Where(entry => entry.Value == "shared-weight").Select(entry => entry.Key)];
        together.Length.ShouldBe(3);
        HttpResponseMessage refused = await api.Http.PostAsJsonAsync("/quizzes", new { filters = new { id = together }, count = 2 });
        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("count").ShouldContain("asked together");
    }
}

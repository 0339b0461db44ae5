using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Derivatives;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Practice;

/// <summary>Derivations and debugging exercises over HTTP: from the quiz to the worked solution.</summary>
public sealed class ExerciseTests(QuizFixture api) : IClassFixture<QuizFixture>
{
    private const string Residual = "derive-residual-block";
    private const string Bias = "debug-logistic-step";

    [Fact]
    public async Task A_derivation_is_asked_answered_and_explained()
    {
        (string quiz, QuizItem item) = await DrawAsync(Residual, QuestionKind.Derivation);
        ExercisePrompt prompt = item.Exercise.ShouldNotBeNull();
        prompt.Program.ShouldBe(["z = x @ w1", "h = relu(z)", "y = x + h @ w2"]);
        prompt.Gradients.ShouldBe(new Dictionary<string, string> { ["dx"] = "x", ["dw1"] = "w1", ["dw2"] = "w2" }, ignoreOrder: true);
        prompt.Cotangents!["y"].ShouldBe("dy");
        prompt.Inputs["w1"].Shape.ShouldBe(["D", "H"]);
        item.Result.ShouldBeNull();

        AnswerValue answer = AnswerValue.Object(("dx", "dy + ((dy @ w2ᵀ) ⊙ (z > 0)) @ w1ᵀ"), ("dw1", "xᵀ @ ((dy @ w2.T) * (z > 0))"), ("dw2", "-h.T @ dy"));
        QuizAnswerResult result = await api.Api.AnswerQuizAsync(quiz, new QuizAnswerRequest { Item = item.Number, Answer = answer });
        (result.Correct, Math.Round(result.Score, 3)).ShouldBe((false, 0.667));
        result.Parts!.Select(part => (part.Name, part.Correct)).ShouldBe([("dx", true), ("dw1", true), ("dw2", false)]);
        PartResult wrong = result.Parts![2];
        wrong.Feedback.ShouldContain("sign");
        wrong.Difference!.Index.Count.ShouldBe(2);
        wrong.Difference.Yours.ShouldBe(-wrong.Difference.Right);
        result.Expected!.Names.ShouldBe(["dx", "dw1", "dw2"]);
        await ShouldBeWorkedOutAsync(result.Solution.ShouldNotBeNull());

        QuizPage page = await api.Api.GetQuizAsync(quiz);
        ItemResult shown = page.Items[item.Number - 1].Result!;
        shown.Answer.ShouldNotBeNull().Names.ShouldBe(["dx", "dw1", "dw2"]);
        shown.Parts!.Select(part => part.Feedback).ShouldBe(result.Parts!.Select(part => part.Feedback));
        shown.Solution!.Diagram.ShouldBe(result.Solution!.Diagram);
    }

    [Fact]
    public async Task A_program_is_corrected()
    {
        (string quiz, QuizItem item) = await DrawAsync(Bias, QuestionKind.Debugging);
        item.Exercise!.Program[5].ShouldBe("db = dz");
        item.Exercise.Results.ShouldBe(["dw", "db"]);
        HttpResponseMessage unreadable = await PostAsync(quiz, new { item = item.Number, answer = new { line = 6, fix = "db = sum(dzz, axis=0)" } });
        string reason = (await unreadable.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("answer");
        reason.ShouldContain("did you mean 'dz'");
        reason.ShouldContain("^^^");
        QuizAnswerResult result = await api.Api.AnswerQuizAsync(quiz,
            new QuizAnswerRequest { Item = item.Number, Answer = AnswerValue.Object(("line", "6"), ("fix", "db = dz.sum(0)")) });
        (result.Correct, result.Score).ShouldBe((true, 1));
        await ShouldBeWorkedOutAsync(result.Solution.ShouldNotBeNull());
    }

    [Fact]
    public async Task The_line_without_the_fix_is_half()
    {
        (string quiz, QuizItem item) = await DrawAsync(Bias, QuestionKind.Debugging);
        HttpResponseMessage response = await PostAsync(quiz, new { item = item.Number, answer = new { line = 6, fix = "db = dz" } });
        JsonNode result = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        result["score"]!.GetValue<double>().ShouldBe(0.5);
        result["expected"]!.ToJsonString().ShouldBe("""{"line":"6","fix":"db = sum(dz, axis=0)"}""");
        result["parts"]!.AsArray().Select(part => part!["correct"]!.GetValue<bool>()).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_graph_is_an_answer_too()
    {
        (string quiz, QuizItem item) = await DrawAsync("derive-l2-normalisation", QuestionKind.Derivation);
        var graph = new
        {
            inputs = new[] { new { name = "dy" }, new { name = "n" } },
            nodes = new[] { new { name = "g", op = "Div", inputs = new[] { "dy", "n" } } },
            outputs = new[] { "g" },
        };
        HttpResponseMessage response = await PostAsync(quiz, new { item = item.Number, answer = new { dx = graph } });
        JsonNode result = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        result["feedback"]!.GetValue<string>().ShouldContain("the path through `n` is missing");
    }

    [Theory]
    [InlineData("ones(100000, 100000)")]
    [InlineData("x @ x @")]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("sum(ones(90000000000))")]
    public async Task What_is_no_gradient_costs_no_attempt(string text)
    {
        (string quiz, QuizItem item) = await DrawAsync("derive-l2-normalisation", QuestionKind.Derivation);
        await (await PostAsync(quiz, new { item = item.Number, answer = new { dx = text } })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        await (await PostAsync(quiz, new { item = item.Number, answer = text })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (await api.Api.GetQuizAsync(quiz)).Answered.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"dx": [1]}""")]
    [InlineData("""{"dx": null}""")]
    [InlineData("""{"dx": "x", "dx": "y"}""")]
    public async Task An_object_holds_texts(string answer)
    {
        (string quiz, QuizItem item) = await DrawAsync("derive-l2-normalisation", QuestionKind.Derivation);
        using var body = new StringContent($$"""{"item": {{item.Number}}, "answer": {{answer}}}""", null, "application/json");
        await (await api.Http.PostAsync($"/quizzes/{quiz}/answers", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_object_is_no_answer_to_other_kinds()
    {
        QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = QuestionKind.Numeric }, Count = 1, Seed = 3 });
        await (await PostAsync(quiz.Id, new { item = 1, answer = new { value = "3" } })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    // Whatever shows a graph with all its values is worked out once it is graded.
    [Fact]
    public async Task Every_graded_question_with_a_graph_has_a_worked_solution()
    {
        int graphs = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = QuestionKind.Numeric, Topic = "backpropagation" }, Seed = seed });
            foreach (QuizItem item in quiz.Items)
            {
                // Some ask for a unit first.
                using HttpResponseMessage answered = await PostAsync(quiz.Id, new { item = item.Number, answer = "1" });
                if (!answered.IsSuccessStatusCode)
                {
                    continue;
                }

                QuizAnswerResult result = (await answered.Content.ReadFromJsonAsync<QuizAnswerResult>(BackpropJson.Create()))!;
                (result.Solution is not null).ShouldBe(item.Figure is not null, item.QuestionId);
                if (result.Solution is { } solution)
                {
                    graphs++;
                    await ShouldBeWorkedOutAsync(solution);
                }
            }
        }

        graphs.ShouldBeGreaterThan(8);
    }

    [Fact]
    public async Task Exercises_are_found_by_kind_and_survive_an_import()
    {
        QuestionList derivations = await api.Api.ListQuestionsAsync(kind: [QuestionKind.Derivation], limit: 100);
        derivations.Items.ShouldAllBe(question => question.Kind == QuestionKind.Derivation);
        QuestionFacets facets = await api.Api.CountQuestionsAsync();
        facets.Kinds.Single(kind => kind.Value == "derivation").Count.ShouldBe(derivations.Total);
        facets.Kinds.ShouldContain(kind => kind.Value == "debugging");
        QuestionSetContract bank = await api.Api.ExportQuestionsAsync();
        QuestionContract[] exercises = [.. bank.Questions.Where(question => question.Derivation is not null || question.Debugging is not null)];
        QuestionContract[] copies = [.. exercises.Select(question => question with { Id = $"{question.Id}-again" })];
        (await api.Api.ImportQuestionsAsync(bank with { Topics = [], Questions = copies })).Added.ShouldBe(copies.Length);
        QuestionSetContract again = await api.Api.ExportQuestionsAsync();
        foreach (QuestionContract copy in copies)
        {
            QuestionContract found = again.Questions.Single(question => question.Id == copy.Id);
            System.Text.Json.JsonSerializer.Serialize(found).ShouldBe(System.Text.Json.JsonSerializer.Serialize(copy));
            await api.Api.DeleteQuestionAsync(copy.Id);
        }
    }

    [Fact]
    public async Task A_faulty_exercise_is_refused_with_the_path()
    {
        QuestionSetContract bank = await api.Api.ExportQuestionsAsync();
        QuestionContract question = bank.Questions.Single(question => question.Id == Residual) with { Id = "faulty" };
        AskedGradientContract[] asked = [.. question.Derivation!.Asked];
        asked[1] = asked[1] with { Expression = "x.T @ dy" };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/questions");
        request.Headers.Add("X-Api-Key", ApiFixture.WriteKey);
        request.Content = JsonContent.Create(question with { Derivation = question.Derivation with { Asked = asked } }, options: BackpropJson.Create());
        HttpResponseMessage response = await api.Http.SendAsync(request);
        (await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).ErrorAt("derivation.asked[1].expression").ShouldNotBeEmpty();
    }

    private async Task ShouldBeWorkedOutAsync(WorkedSolution solution)
    {
        solution.Walkthrough.Backward[0].Gradient.Data.Length.ShouldBe(1);
        solution.Walkthrough.Backward.Count.ShouldBeGreaterThan(1);
        solution.Diagram.ShouldNotBeNull().ShouldStartWith("<svg");
        GradientAnswer answer = await api.Api.GradientAsync(solution.Request);
        answer.Steps!.Backward.Select(step => step.Computation).ShouldBe(solution.Walkthrough.Backward.Select(step => step.Computation));
    }

    private async Task<(string Quiz, QuizItem Item)> DrawAsync(string question, QuestionKind kind)
    {
        for (int seed = 0; ; seed++)
        {
            QuizPage quiz = await api.Api.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = kind }, Count = 1, Seed = seed });
            if (quiz.Items[0].QuestionId == question)
            {
                return (quiz.Id, quiz.Items[0]);
            }
        }
    }

    private Task<HttpResponseMessage> PostAsync(string quiz, object answer) => api.Http.PostAsJsonAsync($"/quizzes/{quiz}/answers", answer);
}

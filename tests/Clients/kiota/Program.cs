// The client that Kiota generates: a gradient, a search, a quiz.
using System.Globalization;
using Generated;
using Generated.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

var client = new BackpropClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = args[0] });

// Nested arrays are lost: ask for encoding flat.
GradientAnswer? gradient = await client.Gradients.PostAsync(new GradientRequest
{
    Expression = "L = (a*b + c)^2",
    Inputs = new GradientRequest_inputs
    {
        AdditionalData = { ["a"] = 2.0, ["b"] = -3.0, ["c"] = 10.0 },
    },
    Encoding = ValueEncoding.Flat,
});
Check(gradient?.Value is { FlatTensor.Data: [16.0] }, "L is 16");

QuestionList? questions = await client.Questions.GetAsync(request =>
{
    request.QueryParameters.Difficulty = [Difficulty.Easy];
    request.QueryParameters.Limit = 5;
});
Check(questions?.Items?.All(question => question.Difficulty == Difficulty.Easy) == true, "easy questions only");

QuizPage? quiz = await client.Quizzes.PostAsync(new QuizRequest { Filters = new QuizFilters { Kind = [QuestionKind.TrueFalse] }, Count = 2, Seed = 7 });
foreach (QuizItem item in quiz!.Items!)
{
    QuizAnswerResult? result = await client.Quizzes[quiz.Id!].Answers.PostAsync(new QuizAnswerRequest
    {
        Item = item.Number,
        Answer = new QuizAnswerRequest.QuizAnswerRequest_answer { Boolean = true },
    });
    Check(result?.Explanation?.Length > 0, "graded");
}

try
{
    await client.Gradients.PostAsync(new GradientRequest { Expression = "L = x^2" });
    Check(false, "an error is a problem");
}
catch (Problem refused)
{
    Check(refused.Status == 422, "an error is a problem");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Kiota: L = {gradient!.Value!.FlatTensor!.Data![0]}, {questions!.Total} questions, a quiz of {quiz.Items.Count}"));

static void Check(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException(what);
    }
}

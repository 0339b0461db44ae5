// The client that NSwag generates: a gradient, a search, a quiz.
using System.Globalization;
using Generated;
using Newtonsoft.Json.Linq;

var client = new BackpropClient(new HttpClient { BaseAddress = new Uri(args[0]) });

// The forms of a tensor are a class without members of its own: with encoding flat, its members are shape and data.
TensorValue Scalar(double value) => new() { AdditionalProperties = { ["shape"] = Array.Empty<long>(), ["data"] = new[] { value } } };
double Element(TensorValue value) => ((JArray)value.AdditionalProperties["data"])[0].Value<double>();

GradientAnswer gradient = await client.GradientAsync(new GradientRequest
{
    Expression = "L = (a*b + c)^2",
    Inputs = new Dictionary<string, TensorValue> { ["a"] = Scalar(2), ["b"] = Scalar(-3), ["c"] = Scalar(10) },
    Encoding = ValueEncoding.Flat,
});
Check(Element(gradient.Gradients["b"]) == 16, "dL/db is 16");

QuestionList questions = await client.ListQuestionsAsync(null, null, [Difficulty.Easy], null, null, null, null, null, null, null, null, null, 5, null);
Check(questions.Items.All(question => question.Difficulty == Difficulty.Easy), "easy questions only");

QuizPage quiz = await client.CreateQuizAsync(new QuizRequest { Filters = new QuizFilters { Kind = [QuestionKind.TrueFalse] }, Count = 2, Seed = 7 });
foreach (QuizItem item in quiz.Items)
{
    QuizAnswerResult result = await client.AnswerQuizAsync(quiz.Id, null, new QuizAnswerRequest { Item = item.Number, Answer = "true" });
    Check(result.Explanation.Length > 0, "graded");
}

try
{
    await client.GradientAsync(new GradientRequest { Expression = "L = x^2" });
    Check(false, "an error is a problem");
}
catch (ApiException<Problem> refused)
{
    Check(refused.Result.Status == 422, "an error is a problem");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NSwag: dL/db = {Element(gradient.Gradients["b"])}, {questions.Total} questions, a quiz of {quiz.Items.Count}"));

static void Check(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException(what);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Practice;

namespace Backprop.Quizzes;

/// <summary>Reads every quiz again and compares it with what was acknowledged.</summary>
internal static class Check
{
    private static readonly JsonSerializerOptions Json = BackpropJson.Create();

    public static Task RunAsync(HttpClient http, ResultLog ledger) => Parallel.ForEachAsync(
        ledger.Acknowledged.GroupBy(answer => answer.Key.Quiz),
        async (answers, cancellationToken) =>
        {
            QuizPage quiz = (await http.GetFromJsonAsync<QuizPage>($"/quizzes/{answers.Key}", Json, cancellationToken))!;
            if (quiz.Answered != quiz.Items.Count(item => item.Result is not null))
            {
                ledger.Faults.Enqueue($"quiz {quiz.Id} counts {quiz.Answered} answers and shows others");
            }

            foreach (((_, int number), string body) in answers)
            {
                QuizAnswerResult told = JsonSerializer.Deserialize<QuizAnswerResult>(body, Json)!;
                ItemResult? kept = quiz.Items[number - 1].Result;
                if (kept is null)
                {
                    ledger.Faults.Enqueue($"quiz {quiz.Id}: the acknowledged answer to item {number} is lost");
                }
                else if ((kept.Score, kept.Feedback) != (told.Score, told.Feedback))
                {
                    ledger.Faults.Enqueue($"quiz {quiz.Id}: item {number} has another grade than was acknowledged");
                }
            }
        });
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Practice;

namespace Backprop.Quizzes;

/// <summary>Takes one quiz after another.</summary>
/// <param name="http">Connects to the service.</param>
/// <param name="ledger">Records every answer.</param>
/// <param name="number">The number of the learner.</param>
internal sealed class Learner(HttpClient http, ResultLog ledger, int number)
{
    private const int Count = 5;
    private static readonly JsonSerializerOptions Json = BackpropJson.Create();
    private readonly Random random = new(number);

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            (HttpStatusCode status, string body) = await SendAsync("draw", () => Post("/quizzes", new { count = Count, seed = random.Next() }));
            if (status != HttpStatusCode.Created)
            {
                ledger.Faults.Enqueue($"draw: {(int)status} {body}");
                return;
            }

            QuizPage quiz = JsonSerializer.Deserialize<QuizPage>(body, Json)!;
            foreach (QuizItem item in quiz.Items)
            {
                await AnswerAsync(quiz.Id, item);
            }

            (status, body) = await SendAsync("read", () => new HttpRequestMessage(HttpMethod.Get, $"/quizzes/{quiz.Id}"));
            if (status != HttpStatusCode.OK || JsonSerializer.Deserialize<QuizPage>(body, Json) is not { State: QuizState.Finished })
            {
                ledger.Faults.Enqueue($"quiz {quiz.Id} is not finished: {(int)status}");
            }
        }
    }

    // One in ten answers is sent twice at once with its key, and one in ten concurrently with another answer without a key.
    private async Task AnswerAsync(string quiz, QuizItem item)
    {
        AnswerValue answer = Answer(item);
        int way = random.Next(10);
        string? key = way == 1 ? null : $"{quiz}-{item.Number}";
        Task<(HttpStatusCode Status, string Body)>[] sent = [.. Enumerable.Range(0, way < 2 ? 2 : 1).Select(_ => SendAsync("answer", () => Answer(quiz, item.Number, answer, key)))];
        (HttpStatusCode Status, string Body)[] answers = await Task.WhenAll(sent);
        foreach ((_, string body) in answers.Where(result => result.Status == HttpStatusCode.OK))
        {
            ledger.Acknowledge(quiz, item.Number, body);
        }

        foreach ((HttpStatusCode status, string body) in answers.Where(result => result.Status != HttpStatusCode.OK && !(key is null && result.Status == HttpStatusCode.Conflict)))
        {
            ledger.Faults.Enqueue($"answer to {item.QuestionId}: {(int)status} {body}");
        }
    }

    private static AnswerValue Answer(QuizItem item) => item.Kind switch
    {
        QuestionKind.MultipleChoice => "a",
        QuestionKind.MultiSelect => AnswerValue.List("a", "b"),
        QuestionKind.TrueFalse => true,
        QuestionKind.Expression => item.Variables![0],
        QuestionKind.Derivation => AnswerValue.Object([.. item.Exercise!.Gradients!.Keys.Select(name => (name, "0"))]),
        _ => 1,
    };

    private static HttpRequestMessage Answer(string quiz, int item, AnswerValue answer, string? key)
    {
        HttpRequestMessage request = Post($"/quizzes/{quiz}/answers", new QuizAnswerRequest { Item = item, Answer = answer });
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static HttpRequestMessage Post<T>(string path, T body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json) };

    // Repeated until the service is back.
    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string asked, Func<HttpRequestMessage> request)
    {
        while (true)
        {
            try
            {
                long began = Stopwatch.GetTimestamp();
                using HttpRequestMessage message = request();
                using HttpResponseMessage response = await http.SendAsync(message);
                string body = await response.Content.ReadAsStringAsync();
                ledger.Add(asked, response.StatusCode, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                return (response.StatusCode, body);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref ledger.Unanswered);
                await Task.Delay(100);
            }
        }
    }
}

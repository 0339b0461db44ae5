using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Backprop.Client;
using Backprop.Client.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

/// <summary>Quizzes in separate processes, which are killed.</summary>
public sealed class QuizDurabilityTests
{
    private const int Learners = 8;
    private const int Acknowledged = 60;
    private static readonly (string, string) Unlimited = ("RateLimits__QuizzesPerMinute", "0");

    [Fact]
    public async Task Every_acknowledged_answer_is_there_after_the_process_was_killed()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new ConcurrentDictionary<(string Quiz, int Item), string>();
        var begun = new ConcurrentDictionary<(string Quiz, int Item), byte>();
        using (var service = await ServiceProcess.StartAsync(folder.File("backprop.db"), Unlimited))
        {
            Task[] learners = [.. Enumerable.Range(0, Learners).Select(learner => LearnAsync(service.Http, learner, acknowledged, begun))];
            Task ended = Task.WhenAny(learners);
            while (acknowledged.Count < Acknowledged)
            {
                (await Task.WhenAny(ended, Task.Delay(5))).ShouldNotBeSameAs(ended);
            }

            service.Kill();
            await Task.WhenAll(learners);
        }

        using var restarted = await ServiceProcess.StartAsync(folder.File("backprop.db"), Unlimited);
        foreach (IGrouping<string, KeyValuePair<(string Quiz, int Item), string>> quiz in acknowledged.GroupBy(answer => answer.Key.Quiz))
        {
            QuizPage page = (await restarted.Http.GetFromJsonAsync<QuizPage>($"/quizzes/{quiz.Key}", BackpropJson.Create()))!;
            foreach (((_, int item), string result) in quiz)
            {
                page.Items[item - 1].Result!.Score.ShouldBe(JsonNode.Parse(result)!["score"]!.GetValue<double>());
            }

            page.Answered.ShouldBe(page.Items.Count(item => item.Result is not null));
            page.Items.Where(item => item.Result is not null).Select(item => (quiz.Key, item.Number)).Except(begun.Keys).ShouldBeEmpty();
        }

        // An unacknowledged answer is either missing or returns its result now: sent again, each is graded once.
        foreach ((string quiz, int item) in begun.Keys)
        {
            HttpResponseMessage again = await AnswerAsync(restarted.Http, quiz, item);
            string result = await again.Content.ReadAsStringAsync();
            again.StatusCode.ShouldBe(HttpStatusCode.OK, result);
            if (acknowledged.TryGetValue((quiz, item), out string? before))
            {
                result.ShouldBe(before);
            }
        }
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_quiz_in_another_process()
    {
        var quizzes = new List<string>();
        for (int process = 0; process < 2; process++)
        {
            using var folder = new TemporaryFolder();
            using var service = await ServiceProcess.StartAsync(folder.File("backprop.db"), Unlimited);
            foreach (long seed in (long[])[0, 42, -7, long.MaxValue])
            {
                HttpResponseMessage response = await service.Http.PostAsJsonAsync("/quizzes", new { count = 30, seed });
                quizzes.Add(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["items"]!.ToJsonString());
            }
        }

        quizzes[..4].ShouldBe(quizzes[4..]);
        quizzes.Distinct().Count().ShouldBe(4);
    }

    private static async Task LearnAsync(
        HttpClient http, int learner, ConcurrentDictionary<(string Quiz, int Item), string> acknowledged, ConcurrentDictionary<(string Quiz, int Item), byte> begun)
    {
        for (int seed = learner; ; seed += Learners)
        {
            try
            {
                HttpResponseMessage created = await http.PostAsJsonAsync("/quizzes", new { filters = new { kind = "numeric" }, count = 5, seed });
                created.StatusCode.ShouldBe(HttpStatusCode.Created);
                string quiz = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
                for (int item = 1; item <= 5; item++)
                {
                    begun[(quiz, item)] = 0;
                    HttpResponseMessage answer = await AnswerAsync(http, quiz, item);
                    string result = await answer.Content.ReadAsStringAsync();
                    answer.StatusCode.ShouldBe(HttpStatusCode.OK, result);
                    acknowledged[(quiz, item)] = result;
                }
            }
            catch (HttpRequestException)
            {
                return; // The process has ended: unacknowledged requests do not count.
            }
        }
    }

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient http, string quiz, int item) => http.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/quizzes/{quiz}/answers")
    {
        Content = JsonContent.Create(new { item, answer = $"{item}" }),
        Headers = { { "Idempotency-Key", $"item {item}" } },
    });
}

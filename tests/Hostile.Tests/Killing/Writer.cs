using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Backprop.Hostile.Tests.Clients;

namespace Backprop.Hostile.Tests.Killing;

/// <summary>Writes repeatedly until the service is gone.</summary>
/// <param name="service">The address of the service.</param>
/// <param name="round">Distinguishes the writes of one run of the service from others.</param>
/// <param name="number">The number of the writer.</param>
/// <param name="ledger">Records what was acknowledged.</param>
internal sealed class Writer(IPEndPoint service, int round, int number, Ledger ledger) : IDisposable
{
    /// <summary>The password of all accounts.</summary>
    public const string Password = "seven quiet otters at dusk";

    private const int Items = 3;
    private readonly HttpClient _http = SourceClient.Create(service, new IPAddress([127, 5, (byte)(round % 250), (byte)(1 + number)]));

    /// <summary>Writes until the service is gone.</summary>
    public async Task RunAsync()
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await WriteAsync(i);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The process has ended: unacknowledged writes do not count.
        }
    }

    /// <summary>Sends an answer with its key.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> AnswerAsync(HttpClient http, string quiz, int item)
    {
        using HttpResponseMessage response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/quizzes/{quiz}/answers")
        {
            Content = JsonContent.Create(new { item, answer = $"{item}" }),
            Headers = { { "Idempotency-Key", $"{quiz} {item}" } },
        });
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();

    private Task WriteAsync(int i) => (number % 4) switch
    {
        0 => RegisterGraphAsync(i),
        1 or 2 => TakeQuizAsync(i),
        _ => i % 8 == 0 ? RegisterAccountAsync(i) : BeginInterviewAsync(i),
    };

    private async Task RegisterGraphAsync(int i)
    {
        string alias = $"r{round}.{number}.{i}";
        if (await PostAsync("/graphs", new { expression = $"L = x*{round} + y*{number} + {i}", alias }, HttpStatusCode.Created) is { } graph)
        {
            ledger.Graphs[graph["id"]!.GetValue<string>()] = alias;
        }
    }

    private async Task TakeQuizAsync(int i)
    {
        if (await PostAsync("/quizzes", new { filters = new { kind = "numeric" }, count = Items, seed = i }, HttpStatusCode.Created) is not { } drawn)
        {
            return;
        }

        string quiz = drawn["id"]!.GetValue<string>();
        var results = ledger.Quizzes.GetOrAdd(quiz, _ => []);
        for (int item = 1; item <= Items; item++)
        {
            // Sent twice at once: it is graded once, and both get the same result.
            (HttpStatusCode Status, string Body)[] answers = await Task.WhenAll(AnswerAsync(_http, quiz, item), AnswerAsync(_http, quiz, item));
            foreach ((HttpStatusCode status, string body) in answers)
            {
                if (status != HttpStatusCode.OK)
                {
                    ledger.Faults.Enqueue($"an answer: {(int)status} {body}");
                }
                else if (results.GetOrAdd(item, body) != body)
                {
                    ledger.Faults.Enqueue($"graded twice: {results[item]} and {body}");
                }
            }
        }
    }

    private async Task RegisterAccountAsync(int i)
    {
        string email = $"learner.{round}.{number}.{i}@example.org";
        using HttpResponseMessage response = await _http.PostAsJsonAsync("/account/register", new { email, password = Password });
        if (response.IsSuccessStatusCode)
        {
            ledger.Accounts[email] = 0;
        }
        else
        {
            ledger.Faults.Enqueue($"a registration: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    private async Task BeginInterviewAsync(int i)
    {
        if (await PostAsync("/interviews", new { seed = i }, HttpStatusCode.Created) is { } interview)
        {
            ledger.Interviews[interview["id"]!.GetValue<string>()] = 0;
        }
    }

    private async Task<JsonNode?> PostAsync(string path, object body, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == expected)
        {
            return JsonNode.Parse(text);
        }

        ledger.Faults.Enqueue($"{path}: {(int)response.StatusCode} {text}");
        return null;
    }
}

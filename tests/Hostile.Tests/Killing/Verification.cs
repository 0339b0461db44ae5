using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Backprop.Hostile.Tests.Killing;

/// <summary>Compares the service's data with what it acknowledged.</summary>
internal static class Verification
{
    private static readonly ParallelOptions Some = new() { MaxDegreeOfParallelism = 8 };

    public static async Task RunAsync(HttpClient http, Ledger ledger)
    {
        await Parallel.ForEachAsync(ledger.Graphs, Some, async (graph, _) =>
        {
            await FindAsync(http, ledger, $"/graphs/{graph.Key}");
            await FindAsync(http, ledger, $"/graphs/{graph.Value}");
        });
        await Parallel.ForEachAsync(ledger.Interviews.Keys, Some, async (id, _) => await FindAsync(http, ledger, $"/interviews/{id}"));
        await Parallel.ForEachAsync(ledger.Quizzes, Some, async (quiz, _) => await CheckAsync(http, ledger, quiz.Key, quiz.Value));
        await Parallel.ForEachAsync(ledger.Accounts.Keys, Some, async (email, cancellationToken) =>
        {
            var account = new { email, password = Writer.Password };
            using HttpResponseMessage response = await http.PostAsJsonAsync("/account/login", account, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                ledger.Faults.Enqueue($"the account {email} cannot sign in: {(int)response.StatusCode}");
            }
        });
    }

    private static async Task<JsonNode?> FindAsync(HttpClient http, Ledger ledger, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(path);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync());
        }

        ledger.Faults.Enqueue($"{path} was acknowledged and is {(int)response.StatusCode}");
        return null;
    }

    private static async Task CheckAsync(HttpClient http, Ledger ledger, string quiz, IReadOnlyDictionary<int, string> told)
    {
        if (await FindAsync(http, ledger, $"/quizzes/{quiz}") is not { } kept)
        {
            return;
        }

        JsonArray items = kept["items"]!.AsArray();
        int results = items.Count(item => item!["result"] is not null);
        if (kept["answered"]!.GetValue<int>() != results)
        {
            ledger.Faults.Enqueue($"quiz {quiz} counts {kept["answered"]} answers and shows {results}");
        }

        foreach ((int item, string result) in told)
        {
            if (items[item - 1]!["result"]?["score"]?.GetValue<double>() != JsonNode.Parse(result)!["score"]!.GetValue<double>())
            {
                ledger.Faults.Enqueue($"quiz {quiz}, item {item}: told {result}, kept {items[item - 1]!["result"]?.ToJsonString()}");
            }

            (HttpStatusCode status, string again) = await Writer.AnswerAsync(http, quiz, item);
            if (status != HttpStatusCode.OK || again != result)
            {
                ledger.Faults.Enqueue($"quiz {quiz}, item {item}, sent again: told {result}, now {(int)status} {again}");
            }
        }
    }
}

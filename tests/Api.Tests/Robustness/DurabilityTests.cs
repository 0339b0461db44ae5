using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Backprop.Client;
using Backprop.Client.Graphs;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Robustness;

public sealed class DurabilityTests
{
    private const int Writers = 4;
    private const int Confirmed = 40;

    [Fact]
    public async Task Whatever_was_confirmed_is_there_after_the_process_was_killed()
    {
        using var folder = new TemporaryFolder();
        var confirmed = new ConcurrentDictionary<string, byte>();
        for (int round = 0; round < 3; round++)
        {
            using (var service = await ServiceProcess.StartAsync(folder.File("backprop.db")))
            {
                await RegisterUntilKilledAsync(service, round, confirmed);
            }

            using var restarted = await ServiceProcess.StartAsync(folder.File("backprop.db"));
            await Parallel.ForEachAsync(confirmed.Keys, async (id, _) => (await restarted.Http.GetAsync($"/graphs/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK, id));
        }

        confirmed.Count.ShouldBeGreaterThanOrEqualTo(3 * Confirmed);
    }

    private static async Task RegisterUntilKilledAsync(ServiceProcess service, int round, ConcurrentDictionary<string, byte> confirmed)
    {
        int goal = confirmed.Count + Confirmed;
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => RegisterAsync(service.Http, 10 * round + writer, confirmed))];
        while (confirmed.Count < goal)
        {
            (await Task.WhenAny(Task.WhenAny(writers), Task.Delay(5))).ShouldNotBeSameAs(writers);
        }

        service.Kill();
        await Task.WhenAll(writers);
    }

    private static async Task RegisterAsync(HttpClient http, int series, ConcurrentDictionary<string, byte> confirmed)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                var response = await http.PostAsJsonAsync("/graphs", new { expression = $"L = x*{series} + {i}", alias = $"{series}.{i}" });
                response.StatusCode.ShouldBe(HttpStatusCode.Created);
                confirmed[(await response.Content.ReadFromJsonAsync<GraphSummary>(BackpropJson.Create()))!.Id] = 0;
            }
            catch (HttpRequestException)
            {
                return; // The process has ended: unconfirmed requests do not count.
            }
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;
using Backprop.Hostile.Tests.Training;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>Training runs whose process is killed, and runs on whose database two processes work.</summary>
[Collection(AttackedServices.Name)]
public sealed class TrainingKillTests(ITestOutputHelper output)
{
    private const int Runs = 2, LeastMilliseconds = 50, MostMilliseconds = 1500;

    // Enough for every kill to come while the runs are going.
    private static readonly long Steps = 10_000 * (1 + Settings.Kills);
    private static readonly IPAddress Client = IPAddress.Parse("127.5.254.1");

    private static readonly Dictionary<string, string> Configuration = new()
    {
        ["Training:Concurrency"] = "2",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    private static readonly Report Table = new("kill -9 during training runs", "kills", "runs", "recorded steps", "slowest restart (s)");

    [LinuxFact]
    public async Task A_run_ends_with_the_same_bits_however_often_its_process_is_killed()
    {
        using var folder = new TemporaryFolder();
        (string Parameters, string[] Metrics)[] expected = await UndisturbedAsync(folder);
        var random = new Random(Environment.ProcessId);
        string[] ids = [];
        double slowest = 0;
        for (int kill = 0; kill < Settings.Kills; kill++)
        {
            using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("killed.db"), Configuration);
            using HttpClient http = SourceClient.Create(service.Address, Client);
            slowest = Math.Max(slowest, await ContinueAsync(http, ids));
            if (kill == 0)
            {
                ids = await StartAsync(http);
            }

            await Task.Delay(random.Next(LeastMilliseconds, MostMilliseconds));
            string[] shown = await Task.WhenAll(ids.Select(id => http.GetStringAsync($"/training-runs/{id}/metrics?limit=10000")));
            service.Kill();
            shown.Length.ShouldBe(Runs);
            shown.Zip(expected).ShouldAllBe(pair => IsBeginning(pair.First, pair.Second.Metrics));
        }

        using ServiceProcess last = await ServiceProcess.StartAsync(folder.File("killed.db"), Configuration);
        using HttpClient end = SourceClient.Create(last.Address, Client);
        slowest = Math.Max(slowest, await ContinueAsync(end, ids));
        foreach ((string id, (string parameters, string[] metrics)) in ids.Zip(expected))
        {
            (string Parameters, string[] Metrics) result = await TrainedRun.ResultAsync(end, id);
            result.Parameters.ShouldBe(parameters);
            result.Metrics.ShouldBe(metrics);
        }

        // The same key finds the same run: none was started twice.
        (await StartAsync(end)).ShouldBe(ids);
        Table.Add(output, $"{Settings.Kills}", $"{Runs}", $"{expected.Sum(run => run.Metrics.Length)}", $"{slowest:0.0}");
    }

    [LinuxFact]
    public async Task Two_processes_on_one_database_never_advance_one_run_twice()
    {
        using var folder = new TemporaryFolder();
        (string Parameters, string[] Metrics)[] expected = await UndisturbedAsync(folder);
        using ServiceProcess one = await ServiceProcess.StartAsync(folder.File("shared.db"), Configuration);
        using HttpClient http = SourceClient.Create(one.Address, Client);
        string[] ids = await StartAsync(http);
        using ServiceProcess other = await ServiceProcess.StartAsync(folder.File("shared.db"), Configuration);
        using HttpClient beside = SourceClient.Create(other.Address, Client);

        // Pausing and resuming makes both compete for the runs again and again; then the first process dies.
        for (int round = 0; round < 6; round++)
        {
            foreach (string id in ids)
            {
                using HttpResponseMessage paused = await beside.PostAsync($"/training-runs/{id}/pause", null);
                await TrainedRun.UntilAsync(http, id, run => run["state"]!.GetValue<string>() != "running" || run["finishedAt"] is not null);
                using HttpResponseMessage resumed = await http.PostAsync($"/training-runs/{id}/resume", null);
            }
        }

        one.Kill();
        foreach ((string id, (string parameters, string[] metrics)) in ids.Zip(expected))
        {
            (string Parameters, string[] Metrics) result = await TrainedRun.ResultAsync(beside, id);
            result.Metrics.ShouldBe(metrics);
            result.Parameters.ShouldBe(parameters);
        }
    }

    [LinuxFact]
    public async Task A_run_is_stored_and_given_back_when_the_service_stops()
    {
        using var folder = new TemporaryFolder();
        string id;
        using (ServiceProcess service = await ServiceProcess.StartAsync(folder.File("stopped.db"), Configuration))
        {
            using HttpClient http = SourceClient.Create(service.Address, Client);
            id = await TrainedRun.StartAsync(http, TrainedRun.Request(1, 5_000_000).Replace("\"every\":100", "\"every\":1000", StringComparison.Ordinal), "stopped");
            await TrainedRun.UntilAsync(http, id, run => run["step"]!.GetValue<long>() > 0);
            using HttpResponseMessage watched = await http.GetAsync($"/training-runs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
            service.Terminate(TimeSpan.FromSeconds(30)).ShouldBeTrue(service.Output);
        }

        using ServiceProcess next = await ServiceProcess.StartAsync(folder.File("stopped.db"), Configuration);
        using HttpClient again = SourceClient.Create(next.Address, Client);
        JsonNode before = await TrainedRun.GetAsync(again, id);
        before["checkpointStep"]!.GetValue<long>().ShouldBeGreaterThan(0);
        await TrainedRun.UntilAsync(again, id, run => run["step"]!.GetValue<long>() > before["step"]!.GetValue<long>());
    }

    private static async Task<(string Parameters, string[] Metrics)[]> UndisturbedAsync(TemporaryFolder folder)
    {
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("undisturbed.db"), Configuration);
        using HttpClient http = SourceClient.Create(service.Address, Client);
        string[] ids = await StartAsync(http);
        return await Task.WhenAll(ids.Select(id => TrainedRun.ResultAsync(http, id)));
    }

    private static Task<string[]> StartAsync(HttpClient http) =>
        Task.WhenAll(Enumerable.Range(0, Runs).Select(run => TrainedRun.StartAsync(http, TrainedRun.Request(run, Steps), $"run {run}")));

    // Every acknowledged run is there and goes on by itself; the seconds from readiness until all of them do.
    private static async Task<double> ContinueAsync(HttpClient http, string[] ids)
    {
        long began = Stopwatch.GetTimestamp();
        foreach (string id in ids)
        {
            long known = (await TrainedRun.GetAsync(http, id))["step"]!.GetValue<long>();
            await TrainedRun.UntilAsync(http, id, run => run["step"]!.GetValue<long>() > known || run["finishedAt"] is not null);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static bool IsBeginning(string shown, string[] metrics) =>
        JsonNode.Parse(shown)!["items"]!.AsArray().Select((item, i) => item!.ToJsonString() == metrics[i]).All(same => same);
}

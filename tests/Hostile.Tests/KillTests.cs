using System.Diagnostics;
using System.Net;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Killing;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>The service is killed while clients write, and restarted on its database.</summary>
[Collection(AttackedServices.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const string Plenty = "1000000";
    private const int Writers = 8, Shown = 20, LeastMilliseconds = 200, MostMilliseconds = 900;

    // No quotas or rate limits, so that only the kill can remove data.
    private static readonly Dictionary<string, string> Configuration = new()
    {
        ["RateLimits:QuizzesPerMinute"] = "0",
        ["RateLimits:SignInsPerMinute"] = "0",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Limits:RegisteredGraphs"] = Plenty,
        ["Limits:ClientGraphs"] = Plenty,
        ["Limits:Quizzes"] = Plenty,
        ["Limits:ClientQuizzes"] = Plenty,
    };

    private static readonly Report Table =
        new("kill -9 while clients write", "kills", "graphs", "quizzes", "answers", "accounts", "interviews", "faults");

    [LinuxFact]
    public async Task Everything_acknowledged_is_there_after_each_kill()
    {
        using var folder = new TemporaryFolder();
        var ledger = new Ledger();
        var random = new Random(Environment.ProcessId);
        for (int round = 0; round < Settings.Kills && ledger.Faults.IsEmpty; round++)
        {
            await WriteUntilKilledAsync(folder, round, ledger, random);
        }

        using (ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"), Configuration))
        {
            using HttpClient http = SourceClient.Create(service.Address, IPAddress.Parse("127.5.255.1"));
            await Verification.RunAsync(http, ledger);
        }

        Table.Add(
            output, $"{Settings.Kills}", $"{ledger.Graphs.Count}", $"{ledger.Quizzes.Count}", $"{ledger.Answers}", $"{ledger.Accounts.Count}",
            $"{ledger.Interviews.Count}", $"{ledger.Faults.Count}");
        ledger.Faults.Take(Shown).ShouldBeEmpty();
        ledger.Count.ShouldBeGreaterThan(10 * Settings.Kills);
    }

    private static async Task WriteUntilKilledAsync(TemporaryFolder folder, int round, Ledger ledger, Random random)
    {
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"), Configuration);
        using HttpClient http = SourceClient.Create(service.Address, IPAddress.Parse("127.5.255.1"));
        if (round > 0 && Settings.Kills <= 10)
        {
            await Verification.RunAsync(http, ledger);
        }

        int before = ledger.Count;
        Writer[] writers = [.. Enumerable.Range(0, Writers).Select(number => new Writer(service.Address, round, number, ledger))];
        Task[] writing = [.. writers.Select(writer => Task.Run(writer.RunAsync))];
        TimeSpan life = TimeSpan.FromMilliseconds(random.Next(LeastMilliseconds, MostMilliseconds));
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < life || (ledger.Count < before + 20 && ledger.Faults.IsEmpty);)
        {
            await Task.Delay(5);
        }

        service.Kill();
        await Task.WhenAll(writing);
        Array.ForEach(writers, writer => writer.Dispose());
    }
}

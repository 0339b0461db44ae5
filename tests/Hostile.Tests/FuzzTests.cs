using System.Collections.Concurrent;
using Backprop.Hostile.Tests.Fuzzing;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>Damaged requests to every route.</summary>
[Collection(AttackedServices.Name)]
public sealed class FuzzTests(AttackedService attacked, ITestOutputHelper output)
{
    private const int Workers = 32, Shown = 20;

    // A short time limit: long computations are not faults here. No rate limits, which would stop most requests.
    private static readonly Dictionary<string, string> Configuration = new()
    {
        ["Limits:Seconds"] = "2",
        ["RateLimits:QuizzesPerMinute"] = "0",
        ["RateLimits:SignInsPerMinute"] = "0",
        ["ApiKeys:Write"] = RequestMutations.Key,
    };

    private static readonly Report Table =
        new("Damaged requests", "requests", "sound ones that they come from", "routes", "statuses", "faults", "most memory");

    [LinuxFact]
    public async Task Every_damaged_request_is_answered_or_refused()
    {
        ServiceProcess service = await attacked.WithAsync(Configuration);
        IReadOnlyList<FuzzRequest> seeds = await FuzzSeeds.ReadAsync(service);
        var statuses = new StatusCounts();
        var faults = new ConcurrentQueue<string>();
        using var memory = new MemoryWatch(service);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(number =>
        {
            var worker = new FuzzWorker(service, number, seeds, statuses, faults);
            IEnumerable<int> randomSeeds = Enumerable.Range(0, Settings.Requests / Workers).Select(i => i * Workers + number);
            return Task.Factory.StartNew(() => worker.Run(randomSeeds), TaskCreationOptions.LongRunning);
        }));

        int routes = seeds.Select(seed => $"{seed.Method} {seed.Target.Split('?')[0]}").Distinct().Count();
        Table.Add(output, $"{statuses.Total}", $"{seeds.Count}", $"{routes}", $"{statuses}", $"{faults.Count}", $"{memory.MostBytes >> 20} MiB");
        faults.Take(Shown).ShouldBeEmpty();
        BystanderFigures after = await new Bystander(service.Address).ObserveAsync(TimeSpan.FromSeconds(0.2));
        after.Faults.ShouldBeEmpty();
    }
}

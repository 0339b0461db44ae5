using System.Net;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Overload;
using Backprop.Hostile.Tests.Service;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>Twice as many clients as the service serves and queues, with its default configuration.</summary>
[Collection(AttackedServices.Name)]
public sealed class OverloadTests(AttackedService attacked, ITestOutputHelper output)
{
    private const double MostSlowdown = 3, LeastAtFirstReturn = 0.5;
    private const int Queue = 64, PermitsPerCore = 2;

    private static readonly int Clients = 2 * (PermitsPerCore * Environment.ProcessorCount + Queue);
    private static readonly double MostMillisecondsToRefusal = Settings.IsLong ? 50 : Math.Max(250, Settings.FloorMilliseconds);
    private static readonly TimeSpan Unloaded = TimeSpan.FromSeconds(Settings.IsLong ? 10 : 2);
    private static readonly TimeSpan Loaded = TimeSpan.FromSeconds(Math.Max(6, Settings.Seconds));

    private static readonly Report Table = new(
        "Twice the capacity", "clients", "extents", "accepted a second", "p50 accepted", "p99 accepted", "p50 refused", "p99 refused", "statuses",
        "served at first return", "most returns", "still refused at the end");

    [LinuxFact]
    public async Task Who_is_served_is_served_soon_and_who_is_not_knows_soon()
    {
        ServiceProcess service = await attacked.WithAsync(new Dictionary<string, string>());
        using HttpClient http = SourceClient.Create(service.Address, IPAddress.Parse("127.2.100.1"));
        HeavyWork work = await HeavyWork.CalibrateAsync(http);
        LoadFigures alone = await LoadAsync(service, work, 1, Unloaded);
        LoadFigures all = await LoadAsync(service, work, Clients, Loaded);

        all.Faults.ShouldBeEmpty();
        string[] faults =
        [
            .. Slower(0.5, all, alone),
            .. Slower(0.99, all, alone),
        ];
        faults.ShouldBeEmpty();
        if (all.Refused.Count > 0)
        {
            all.Refused.Percentile(0.99).ShouldBeLessThanOrEqualTo(MostMillisecondsToRefusal);
        }

        all.AdmittedAtFirstReturn.ShouldBeGreaterThanOrEqualTo(LeastAtFirstReturn, "the share served at the first return");
    }

    private static string[] Slower(double share, LoadFigures all, LoadFigures alone)
    {
        (double loaded, double unloaded) = (all.Accepted.Percentile(share), alone.Accepted.Percentile(share));
        return loaded > Math.Max(MostSlowdown * unloaded, Settings.FloorMilliseconds)
            ? [$"p{100 * share} of accepted requests is {loaded:0} ms, and {unloaded:0} ms for a single client"]
            : [];
    }

    private async Task<LoadFigures> LoadAsync(ServiceProcess service, HeavyWork work, int clients, TimeSpan time)
    {
        var figures = new LoadFigures();
        using var end = new CancellationTokenSource(time);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(number => new LoadClient(service.Address, number, work, figures).RunAsync(end.Token)));
        Table.Add(
            output, $"{clients}", work.Extents, $"{figures.Accepted.Count / time.TotalSeconds:0}",
            Milliseconds(figures.Accepted, 0.5), Milliseconds(figures.Accepted, 0.99),
            Milliseconds(figures.Refused, 0.5), Milliseconds(figures.Refused, 0.99),
            $"{figures.Statuses}", $"{figures.AdmittedAtFirstReturn:P0}", $"{figures.MostReturns}", $"{figures.Waiting}");
        return figures;
    }

    private static string Milliseconds(LatencyRecorder latencies, double share) =>
        latencies.Count == 0 ? "–" : $"{latencies.Percentile(share):0} ms";
}

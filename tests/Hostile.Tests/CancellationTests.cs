using System.Net;
using System.Text.Json;
using Backprop.Hostile.Tests.Cancelling;
using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;
using Xunit.Abstractions;

namespace Backprop.Hostile.Tests;

/// <summary>Clients that disconnect while the service computes for them.</summary>
[Collection(AttackedServices.Name)]
public sealed class CancellationTests(AttackedService attacked, ITestOutputHelper output)
{
    // On a busy machine, elapsed time says little about the service.
    private static readonly TimeSpan Longest = Settings.IsLong ? TimeSpan.FromSeconds(1) : CancellationTrial.Longest - TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(Settings.IsLong ? 1 : 3);
    private const int Shown = 12;

    private static readonly Report Table = new(
        "Time from hanging up until the service is idle", "cases", "hung up on", "median", "p99", "worst",
        "slowest, ms (on processors)", "answered before", "refused");

    [LinuxFact]
    public async Task Operators_stop_when_nobody_waits() => await TryAsync("operators", OperatorCasesAsync);

    [LinuxFact]
    public async Task Routes_stop_when_nobody_waits() => await TryAsync("routes", RouteCases.PrepareAsync);

    private static async Task<IReadOnlyList<CancellationCase>> OperatorCasesAsync(ServiceProcess service)
    {
        if (!Settings.IsLong)
        {
            return [.. CancellationCase.OfLongOperators()];
        }

        using HttpClient http = SourceClient.Create(service.Address, IPAddress.Loopback);
        using var operators = JsonDocument.Parse(await http.GetStringAsync("/operators"));
        return [.. CancellationCase.OfOperators(operators.RootElement.GetProperty("items"))];
    }

    private async Task TryAsync(string cases, Func<ServiceProcess, Task<IReadOnlyList<CancellationCase>>> prepare)
    {
        var figures = new List<CancellationFigures>();
        ServiceProcess service = await ServiceAsync();
        foreach (CancellationCase tried in await prepare(service))
        {
            figures.Add(new CancellationTrial(service).Run(tried));
            if ((figures[^1].Stopped ?? TimeSpan.Zero) < CancellationTrial.Longest && !service.HasExited)
            {
                continue;
            }

            attacked.Replace(); // Work that still runs would disturb the next case.
            service = await ServiceAsync();
            await prepare(service);
        }

        Write(cases, figures);
        figures.Where(figure => figure.Stopped > Longest || figure.Worked > MostWork).Select(figure => $"{figure}").ShouldBeEmpty();
        figures.Where(figure => figure.Answer?.Status >= 500).Select(figure => $"{figure}").ShouldBeEmpty();
        figures.ShouldContain(figure => figure.Stopped != null);
    }

    private Task<ServiceProcess> ServiceAsync() => attacked.WithAsync(new Dictionary<string, string>());

    private void Write(string cases, List<CancellationFigures> figures)
    {
        var times = new LatencyRecorder();
        CancellationFigures[] stopped = [.. figures.Where(figure => figure.Stopped is not null).OrderByDescending(figure => figure.Stopped)];
        Array.ForEach(stopped, figure => times.Add(figure.Milliseconds));
        IEnumerable<string> slowest = stopped.Take(Shown)
            .Select(figure => $"{figure.Name} {figure.Milliseconds:0} ({figure.Worked.TotalMilliseconds:0})");
        IEnumerable<string> answered = figures.Where(figure => figure.Answer?.Status == 200).Select(figure => figure.Name);
        IEnumerable<string> refused = figures.Where(figure => figure.Answer is { Status: not 200 })
            .Select(figure => $"{figure.Name} ({figure.Answer!.Status})");
        Table.Add(
            output, cases, $"{times.Count} of {figures.Count}", $"{times.Percentile(0.5):0} ms", $"{times.Percentile(0.99):0} ms",
            $"{times.Percentile(1):0} ms", string.Join(", ", slowest), string.Join(", ", answered), string.Join(", ", refused));
    }
}

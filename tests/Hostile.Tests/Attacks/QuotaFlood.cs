using Backprop.Hostile.Tests.Clients;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>One client registers graphs as fast as it can, while another occasionally registers one and uses its first one.</summary>
internal sealed class QuotaFlood(int number) : RequestAttack(number)
{
    /// <summary>Graphs that the registry holds during the attack.</summary>
    public const int Graphs = 40;

    private const int OfOther = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _round;

    /// <inheritdoc/>
    public override int LeastAnswers => 2 * Graphs;

    /// <inheritdoc/>
    public override string Name => "registrations without end";

    /// <inheritdoc/>
    public override async Task RunAsync(ServiceProcess service, CancellationToken end) =>
        await Task.WhenAll(base.RunAsync(service, end), RegisterAsync(service, end));

    /// <inheritdoc/>
    protected override HttpRequestMessage Next(Random random) =>
        Post("/graphs", $$"""{"expression":"L = x*{{Interlocked.Increment(ref _round)}} + f{{_run}}"}""");

    private async Task RegisterAsync(ServiceProcess service, CancellationToken end)
    {
        using HttpClient victim = SourceClient.Create(service.Address, Source(1));
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            string registration = $$"""{"expression":"L = x*{{i}} + v{{_run}}","alias":"{{_run}}-{{i}}"}""";
            if (i < OfOther)
            {
                await AskAsync(victim, "a registration of another client", () => Post("/graphs", registration));
            }

            string use = $$$"""{"graphId":"{{{_run}}}-0","inputs":{"x":1,"v{{{_run}}}":2}}""";
            await AskAsync(victim, "the first graph of another client", () => Post("/evaluations", use));
            await Task.Delay(Interval, CancellationToken.None);
        }
    }
}

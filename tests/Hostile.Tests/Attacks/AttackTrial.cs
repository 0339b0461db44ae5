using System.Diagnostics;
using Backprop.Hostile.Tests.Measuring;
using Backprop.Hostile.Tests.Service;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>Attacks a service for a time and measures the effect on another client: before, during and after.</summary>
/// <param name="service">The service.</param>
/// <param name="attacks">The attacks, all at once.</param>
internal sealed class AttackTrial(ServiceProcess service, IReadOnlyList<Attack> attacks)
{
    private static readonly TimeSpan Unloaded = TimeSpan.FromSeconds(Settings.IsLong ? 5 : 0.5);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(10);
    private readonly Bystander _bystander = new(service.Address);

    /// <summary>The maximum time until nothing of an attack is left.</summary>
    public static TimeSpan RecoveryTime { get; } = TimeSpan.FromSeconds(5);

    public async Task<AttackFigures> RunAsync()
    {
        foreach (Attack attack in attacks)
        {
            await attack.PrepareAsync(service);
        }

        GC.Collect();
        BystanderFigures before = await _bystander.ObserveAsync(Unloaded);
        double allowed = Math.Max(AttackFigures.MostSlowdown * before.P99, Settings.FloorMilliseconds);
        using var memory = new MemoryWatch(service);
        using var end = new CancellationTokenSource();
        Task attacking = Task.WhenAll(attacks.Select(attack => attack.RunAsync(service, end.Token)));
        BystanderFigures during = await _bystander.ObserveAsync(TimeSpan.FromSeconds(Settings.Seconds));
        await WaitForAnswersAsync();
        await end.CancelAsync();

        // Other clients of an attack still come back at their turns.
        await attacking;
        long ended = Stopwatch.GetTimestamp();
        bool recovered = false;
        while (!recovered && !service.HasExited && Stopwatch.GetElapsedTime(ended) < RecoveryTime)
        {
            recovered = await IsQuietAsync(allowed);
        }

        return new AttackFigures(attacks, before, during, memory.MostBytes, recovered ? Stopwatch.GetElapsedTime(ended) : null);
    }

    private async Task WaitForAnswersAsync()
    {
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < MostWait; await Task.Delay(20))
        {
            if (attacks.All(attack => attack.Statuses.Total >= attack.LeastAnswers))
            {
                return;
            }
        }
    }

    // No work is left, and the other client is served as before.
    private async Task<bool> IsQuietAsync(double allowed)
    {
        TimeSpan worked = service.Usage.ProcessorTime;
        await Task.Delay(Slice);
        if ((service.Usage.ProcessorTime - worked) / Slice > 0.1)
        {
            return false;
        }

        BystanderFigures after = await _bystander.ObserveAsync(Slice);
        return after.Faults.IsEmpty && after.P99 <= allowed;
    }
}

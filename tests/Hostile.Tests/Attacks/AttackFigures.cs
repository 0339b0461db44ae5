using Backprop.Hostile.Tests.Measuring;

namespace Backprop.Hostile.Tests.Attacks;

/// <summary>The results of an attack.</summary>
/// <param name="Attacks">The attacks.</param>
/// <param name="Before">The other client before them.</param>
/// <param name="During">The other client during them.</param>
/// <param name="MostBytes">The peak memory of the service.</param>
/// <param name="Recovery">The time until nothing was left of them; null if that took too long.</param>
internal sealed record AttackFigures(
    IReadOnlyList<Attack> Attacks, BystanderFigures Before, BystanderFigures During, long MostBytes, TimeSpan? Recovery)
{
    /// <summary>The allowed ratio of the latency during an attack to that without one.</summary>
    public const double MostSlowdown = 5;

    private const double LeastServed = 0.95, LeastReturnsAdmitted = 0.9;
    private const double MostNoise = 500;
    private const int Shown = 5;

    private static readonly Report Table = new(
        "Attacks: a well-behaved client before and during", "attack", "p50 before", "p50 during", "p99 before", "p99 during", "times",
        "served at once", "after Retry-After", "its statuses", "the attacker's statuses", "unanswered", "most memory", "recovery");

    private double Allowed => Math.Max(MostSlowdown * Before.P99, (Attacks.Count > 1 ? 2 : 1) * Settings.FloorMilliseconds);

    private bool IsSlow => !(During.P99 <= Allowed);

    /// <summary>True if the only fault is a latency that other programs on the machine may have caused.</summary>
    public bool MayBeNoise => IsSlow && During.P99 < MostNoise && Faults().Count() == 1;

    /// <summary>The faults, in words.</summary>
    public IEnumerable<string> Faults()
    {
        if (IsSlow)
        {
            yield return $"p99 is {During.P99:0.0} ms during the attack and {Before.P99:0.0} ms without it; {Allowed:0.0} ms is allowed";
        }

        if (During.Served < LeastServed)
        {
            yield return $"{During.Served:P0} of the other client's requests were served when they were sent: {During.Statuses}";
        }

        if (During.Returns.Admitted < LeastReturnsAdmitted * During.Returns.Count)
        {
            yield return $"of {During.Returns.Count} returns after Retry-After {During.Returns.Admitted} were served";
        }

        if (MostBytes > Settings.MemoryBytes)
        {
            yield return $"{MostBytes >> 20} MiB of memory; Limits:MemoryBytes is {Settings.MemoryBytes >> 20} MiB";
        }

        if (Recovery is null)
        {
            yield return $"not back to normal {AttackTrial.RecoveryTime.TotalSeconds} s after the end";
        }

        foreach (string fault in Before.Faults.Concat(During.Faults).Take(Shown).Concat(Attacks.SelectMany(attack => attack.Faults.Take(Shown))))
        {
            yield return fault;
        }
    }

    /// <summary>Adds a row to the table of attacks.</summary>
    public void Write(Xunit.Abstractions.ITestOutputHelper output) => Table.Add(
        output,
        Attacks.Count == 1 ? Attacks[0].Name : "all together",
        $"{Before.P50:0.00} ms",
        $"{During.P50:0.00} ms",
        $"{Before.P99:0.0} ms",
        $"{During.P99:0.0} ms",
        $"{During.P99 / Before.P99:0.0}",
        $"{During.Served:P1}",
        During.Returns.Count == 0 ? "–" : $"{During.Returns.Admitted} of {During.Returns.Count}",
        $"{During.Statuses}",
        string.Join("; ", Attacks.Select(attack => $"{attack.Statuses}").Where(statuses => statuses.Length > 0)),
        $"{Attacks.Sum(attack => attack.Unanswered)}",
        $"{MostBytes >> 20} MiB",
        Recovery is { } time ? $"{time.TotalSeconds:0.0} s" : $"> {AttackTrial.RecoveryTime.TotalSeconds} s");
}

namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>
/// The permits in use: as many for short computations as for long ones. A computation that has taken a second returns its permit and continues in the
/// group of long ones, if there is room. Not thread-safe.
/// </summary>
/// <param name="limiter">The limiter to which leases return their permits.</param>
/// <param name="permits">The size of each group.</param>
/// <param name="clock">The clock.</param>
internal sealed class PermitPool(ComputeLimiter limiter, int permits, TimeProvider clock)
{
    private const double LongSeconds = 1;
    private const double Smoothing = 0.1;

    private readonly List<ComputeLease> leases = [];
    private readonly Dictionary<string, int> countByClient = new(StringComparer.Ordinal);
    private int shortCount;

    /// <summary>The number of leases.</summary>
    public int Count => leases.Count;

    /// <summary>Whether a short computation may begin.</summary>
    public bool HasFree => shortCount < permits;

    /// <summary>The average seconds for which a permit of the short group is held (exponential smoothing).</summary>
    public double HoldSeconds { get; private set; } = 0.01;

    /// <summary>The average seconds between two returned permits.</summary>
    public double Interval => HoldSeconds / permits;

    private bool HasFreeForLong => leases.Count - shortCount < permits;

    /// <summary>Whether a client may begin a computation: no client may hold all permits of both groups.</summary>
    public bool MayRun(string client) => HasFree && countByClient.GetValueOrDefault(client) < Math.Max(1, (2 * permits) - 1);

    /// <summary>Lends a permit of the short group.</summary>
    public ComputeLease Grant(string client)
    {
        var lease = new ComputeLease(limiter, client, clock.GetTimestamp());
        leases.Add(lease);
        countByClient[client] = countByClient.GetValueOrDefault(client) + 1;
        shortCount++;
        return lease;
    }

    /// <summary>Takes back the permit of a computation that ended.</summary>
    public void Return(ComputeLease lease)
    {
        Withdraw(lease);
        if (!lease.IsLong)
        {
            Observe(clock.GetElapsedTime(lease.Start).TotalSeconds);
        }
    }

    /// <summary>Takes back a permit that was not used.</summary>
    public void Withdraw(ComputeLease lease)
    {
        leases.Remove(lease);
        if (--countByClient[lease.Client] == 0)
        {
            countByClient.Remove(lease.Client);
        }

        if (!lease.IsLong)
        {
            shortCount--;
        }
    }

    /// <summary>Moves computations that have taken long to the second group.</summary>
    public void Demote()
    {
        if (leases.Count == 0 || !HasFreeForLong)
        {
            return;
        }

        foreach (ComputeLease lease in leases)
        {
            if (!lease.IsLong && HasFreeForLong && clock.GetElapsedTime(lease.Start).TotalSeconds >= LongSeconds)
            {
                lease.IsLong = true;
                shortCount--;
                Observe(LongSeconds);
            }
        }
    }

    private void Observe(double seconds) => HoldSeconds += Smoothing * (seconds - HoldSeconds);
}

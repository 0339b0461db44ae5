namespace Backprop.Api.Features.Accounts;

/// <summary>
/// Counts failures by key and says how long to wait after the last one: not at all up to a free number, then 1 s, 2 s, 4 s and so on up to a maximum.
/// Not thread-safe.
/// </summary>
/// <typeparam name="TKey">What failures are counted by.</typeparam>
/// <param name="free">The number of failures without a wait.</param>
/// <param name="longest">The longest wait.</param>
/// <param name="memory">How long after the last failure they are forgotten.</param>
internal sealed class FailureCounts<TKey>(int free, TimeSpan longest, TimeSpan memory) where TKey : notnull
{
    /// <summary>The maximum number of keys; beyond it, those with the oldest last failure are forgotten.</summary>
    public const int MostKeys = 100_000;

    private const int ForgottenAtOnce = MostKeys / 10;

    private readonly Dictionary<TKey, (int Count, DateTimeOffset Last)> failures = [];

    /// <summary>How long the next attempt has to wait.</summary>
    public TimeSpan Wait(TKey key, DateTimeOffset now)
    {
        if (!failures.TryGetValue(key, out (int Count, DateTimeOffset Last) entry) || entry.Count < free || now - entry.Last >= memory)
        {
            return TimeSpan.Zero;
        }

        double seconds = Math.Min(Math.Pow(2, entry.Count - free), longest.TotalSeconds);
        TimeSpan left = entry.Last + TimeSpan.FromSeconds(seconds) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Counts a failure.</summary>
    public void Add(TKey key, DateTimeOffset now)
    {
        bool isRemembered = failures.TryGetValue(key, out (int Count, DateTimeOffset Last) entry) && now - entry.Last < memory;
        failures[key] = (isRemembered ? entry.Count + 1 : 1, now);
        if (failures.Count > MostKeys)
        {
            ForgetOldest();
        }
    }

    /// <summary>Takes back a failure that was counted in error.</summary>
    public void TakeBack(TKey key)
    {
        if (failures.TryGetValue(key, out (int Count, DateTimeOffset Last) entry))
        {
            failures[key] = (Math.Max(0, entry.Count - 1), entry.Last);
        }
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(TKey key) => failures.Remove(key);

    private void ForgetOldest()
    {
        foreach (TKey key in failures.OrderBy(entry => entry.Value.Last).Take(ForgottenAtOnce).Select(entry => entry.Key).ToArray())
        {
            failures.Remove(key);
        }
    }
}

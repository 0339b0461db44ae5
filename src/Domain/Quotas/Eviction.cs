using Backprop.Domain.Graphs;

namespace Backprop.Domain.Quotas;

/// <summary>
/// Evicts stored items. A holder over its own quota loses its own oldest items; over the total quota, the holder that has stored the most does. So a
/// client that stores without end displaces only itself and blocks no one.
/// </summary>
/// <param name="holdings">What has been stored.</param>
/// <param name="quota">The quota.</param>
/// <param name="isLimited">Whether the holder that stores has a quota of its own; nothing of one without it is evicted.</param>
public sealed class Eviction(IHoldings holdings, StorageQuota quota, bool isLimited = true)
{
    // Keeps a write short after the limits were lowered: each of the next ones evicts the same number again.
    private const int MostEvicted = 1000;

    private int evicted;

    /// <summary>Requires, before an item is stored, that it would fit if enough is evicted.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="LimitException">It does not fit, whatever is evicted.</exception>
    public async Task RequireFitAsync(long bytes)
    {
        Exceeded? exceeded = isLimited ? Past(new Holding(1, bytes), quota.ClientCount, quota.ClientBytes) : null;
        Holding kept = await holdings.UnlimitedAsync();
        exceeded ??= Past(new Holding(kept.Count + 1, kept.Bytes + bytes), quota.Count, quota.Bytes);
        if (exceeded is not null)
        {
            throw exceeded.Refusal;
        }
    }

    /// <summary>Evicts, after an item was stored, until no quota is exceeded.</summary>
    /// <param name="holder">The holder that stored it.</param>
    /// <exception cref="LimitException">A quota is exceeded, and nothing is left to evict.</exception>
    public async Task RunAsync(string holder)
    {
        while (isLimited && evicted < MostEvicted
            && Past(await holdings.OfAsync(holder), quota.ClientCount, quota.ClientBytes) is { } exceeded)
        {
            await EvictAsync(holder, exceeded);
        }

        while (evicted < MostEvicted && Past(await holdings.TotalAsync(), quota.Count, quota.Bytes) is { } exceeded)
        {
            await EvictAsync(await holdings.LargestAsync(holder, byCount: exceeded.Limit == quota.Count), exceeded);
        }
    }

    private async Task EvictAsync(string? holder, Exceeded exceeded)
    {
        if (holder is null || !await holdings.EvictAsync(holder))
        {
            throw exceeded.Refusal;
        }

        evicted++;
    }

    private Exceeded? Past(Holding held, StorageLimit count, StorageLimit bytes) =>
        held.Count > count.Value ? new Exceeded(count, $"{held.Count} {quota.Items}")
        : held.Bytes > bytes.Value ? new Exceeded(bytes, $"{held.Bytes} bytes of {quota.Items}")
        : null;

    private sealed record Exceeded(StorageLimit Limit, string Stored)
    {
        public LimitException Refusal => new(Limit.Name, Limit.Value, Stored);
    }
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>
/// Evicts stored items. A client over its own quota loses its own oldest items; over the total quota, the client that has stored the most does. So a
/// client that stores without end displaces only itself and blocks no one.
/// </summary>
/// <param name="context">The context of an isolated transaction (<see cref="GroupCommitQueue"/>).</param>
/// <param name="kind">The kind of the stored item.</param>
/// <param name="quota">The quota.</param>
/// <param name="evict">Deletes one item of a client, never the one just stored, or finds one in use and makes it the last in order; false if there is
/// no other.</param>
internal sealed class StorageRoom(BackpropDbContext context, string kind, StorageQuota quota, Func<string, Task<bool>> evict)
{
    // Keeps a write short after the limits were lowered: each of the next ones evicts the same number again.
    private const int MostEvicted = 1000;

    private int evicted;

    /// <summary>Requires, before an item is stored, that it would fit if enough is evicted.</summary>
    /// <param name="client">The client that stores it.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="LimitException">It does not fit, whatever is evicted.</exception>
    public async Task DemandAsync(string client, long bytes)
    {
        Exceeded? exceeded = client == StoredHolding.WriteKey ? null : Past(1, bytes, quota.ClientCount, quota.ClientBytes);
        StoredHolding? pinned = await HeldAsync(StoredHolding.WriteKey);
        exceeded ??= Past((pinned?.Count ?? 0) + 1, (pinned?.Bytes ?? 0) + bytes, quota.Count, quota.Bytes);
        if (exceeded is not null)
        {
            throw exceeded.Refusal;
        }
    }

    /// <summary>Evicts, after an item was stored, until no quota is exceeded.</summary>
    /// <param name="client">The client that stored it.</param>
    public async Task MakeAsync(string client)
    {
        if (client != StoredHolding.WriteKey)
        {
            while (await ExceededAsync(client, quota.ClientCount, quota.ClientBytes) is { } exceeded && evicted < MostEvicted)
            {
                await EvictAsync(client, exceeded);
            }
        }

        while (await ExceededAsync(StoredHolding.Everyone, quota.Count, quota.Bytes) is { } exceeded && evicted < MostEvicted)
        {
            await EvictAsync(await LargestAsync(client, byCount: exceeded.Limit == quota.Count), exceeded);
        }
    }

    private async Task<Exceeded?> ExceededAsync(string client, StorageLimit count, StorageLimit bytes) =>
        await HeldAsync(client) is { } held ? Past(held.Count, held.Bytes, count, bytes) : null;

    private Exceeded? Past(long count, long bytes, StorageLimit mostCount, StorageLimit mostBytes)
    {
        if (count > mostCount.Value)
        {
            return new Exceeded(mostCount, $"{count} {quota.Items}");
        }

        return bytes > mostBytes.Value ? new Exceeded(mostBytes, $"{bytes} bytes of {quota.Items}") : null;
    }

    private Task<StoredHolding?> HeldAsync(string client) =>
        context.Holdings.AsNoTracking().SingleOrDefaultAsync(holding => holding.Kind == kind && holding.Client == client, CancellationToken.None);

    private async Task EvictAsync(string? client, Exceeded exceeded)
    {
        if (client is null || !await evict(client))
        {
            throw exceeded.Refusal;
        }

        evicted++;
    }

    // The new client is among them, unless it has only the new item.
    private Task<string?> LargestAsync(string newcomer, bool byCount)
    {
        IQueryable<StoredHolding> clients = context.Holdings.Where(holding => holding.Kind == kind
            && holding.Client != StoredHolding.Everyone && holding.Client != StoredHolding.WriteKey
            && (holding.Client != newcomer || holding.Count > 1));
        IOrderedQueryable<StoredHolding> ordered = byCount
            ? clients.OrderByDescending(holding => holding.Count)
            : clients.OrderByDescending(holding => holding.Bytes);
        return ordered.ThenBy(holding => holding.UsedAt).Select(holding => holding.Client).FirstOrDefaultAsync(CancellationToken.None);
    }

    private sealed record Exceeded(StorageLimit Limit, string Stored)
    {
        public LimitException Refusal => new(Limit.Name, Limit.Value, Stored);
    }
}

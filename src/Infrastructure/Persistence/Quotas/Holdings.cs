using Backprop.Domain.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>What clients have stored of one kind, in an isolated transaction (<see cref="GroupCommitQueue"/>).</summary>
/// <param name="context">The context of the transaction.</param>
/// <param name="kind">The kind.</param>
/// <param name="evict">Deletes one item of a client, as <see cref="EvictAsync"/> does.</param>
internal sealed class Holdings(BackpropDbContext context, string kind, Func<string, Task<bool>> evict) : IHoldings
{
    public async Task<Holding> OfAsync(string holder) =>
        await context.Holdings.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Kind == kind && row.Client == holder, CancellationToken.None) is { } row
            ? new Holding(row.Count, row.Bytes)
            : default;

    public Task<Holding> UnlimitedAsync() => OfAsync(StoredHolding.WriteKey);

    public Task<Holding> TotalAsync() => OfAsync(StoredHolding.Everyone);

    public Task<string?> LargestAsync(string newcomer, bool byCount)
    {
        IQueryable<StoredHolding> clients = context.Holdings.Where(row => row.Kind == kind
            && row.Client != StoredHolding.Everyone && row.Client != StoredHolding.WriteKey
            && (row.Client != newcomer || row.Count > 1));
        IOrderedQueryable<StoredHolding> ordered = byCount
            ? clients.OrderByDescending(row => row.Count)
            : clients.OrderByDescending(row => row.Bytes);
        return ordered.ThenBy(row => row.UsedAt).Select(row => row.Client).FirstOrDefaultAsync(CancellationToken.None);
    }

    public Task<bool> EvictAsync(string holder) => evict(holder);
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Quotas;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>Registers a graph in an isolated transaction (<see cref="GroupCommitQueue"/>).</summary>
/// <param name="context">The context of the transaction.</param>
/// <param name="graph">The graph.</param>
/// <param name="client">The registering client, by its name in the database.</param>
/// <param name="quota">The limits of the registry.</param>
/// <param name="uses">Tracks which graphs are in use.</param>
/// <param name="now">The time.</param>
internal sealed class GraphRegistrar(BackpropDbContext context, NewGraph graph, string client, GraphQuota quota, GraphUses uses, DateTimeOffset now)
{
    private bool HasWriteKey => client == StoredHolding.WriteKey;

    public async Task<Registration> RunAsync()
    {
        string? holder = graph.Alias is null ? null : await context.IdOfAliasAsync(graph.Alias);
        if (holder is not null && holder != graph.Id && !HasWriteKey)
        {
            return new Registration(RegistrationOutcome.AliasTaken, await context.SummaryAsync(holder));
        }

        IQueryable<RegisteredGraph> same = context.Graphs.Where(row => row.Id == graph.Id);
        long? known = await same.Select(row => (long?)row.Sequence).SingleOrDefaultAsync(CancellationToken.None);
        bool isRegistered = await context.GraphRegistrations.AnyAsync(row => row.Graph == known && row.Client == client, CancellationToken.None);
        long sequence = isRegistered ? known!.Value : await AddAsync(known);
        if (graph.Alias is not null)
        {
            await NameAsync(sequence, graph.Alias);
        }

        return new Registration(known is null ? RegistrationOutcome.Created : RegistrationOutcome.Existing, await context.SummaryAsync(graph.Id));
    }

    private async Task<long> AddAsync(long? known)
    {
        long sequence = known ?? 0;
        var holdings = new Holdings(context, HoldingKinds.Graphs, from => EvictAsync(from, sequence));
        var eviction = new Eviction(holdings, quota.Storage, isLimited: !HasWriteKey);
        if (graph.StoredBytes > quota.GraphBytes.Value && !HasWriteKey)
        {
            throw new LimitException(quota.GraphBytes.Name, quota.GraphBytes.Value, $"{graph.StoredBytes} bytes for one graph");
        }

        await eviction.RequireFitAsync(graph.StoredBytes);
        if (known is null)
        {
            sequence = await AddGraphAsync();
        }

        context.Add(new StoredRegistration { Graph = sequence, Client = client, Bytes = graph.StoredBytes, UsedAt = now });
        await context.SaveChangesAsync(CancellationToken.None);
        if (HasWriteKey)
        {
            await PinAliasesAsync(sequence);
        }

        await eviction.RunAsync(client);
        return sequence;
    }

    private async Task<long> AddGraphAsync()
    {
        var row = new RegisteredGraph
        {
            Id = graph.Id,
            Compressed = graph.Compressed,
            Sources = graph.CompressedSources,
            Declarations = graph.Declarations,
            Nodes = graph.Nodes,
            CreatedAt = now,
        };
        context.Add(row);
        await context.SaveChangesAsync(CancellationToken.None);
        return row.Sequence;
    }

    // Pinning a graph also keeps its existing names.
    private Task PinAliasesAsync(long sequence) => context.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO GraphAliases (Alias, Graph, Client)
        SELECT Alias, Graph, {client} FROM GraphAliases WHERE Graph = {sequence} GROUP BY Alias ORDER BY MIN(Sequence)
        """,
        CancellationToken.None);

    private async Task NameAsync(long sequence, string alias)
    {
        if (HasWriteKey)
        {
            await context.GraphAliases.Where(row => row.Alias == alias && row.Graph != sequence).ExecuteDeleteAsync(CancellationToken.None);
        }

        IQueryable<StoredAlias> given = context.GraphAliases.Where(row => row.Graph == sequence && row.Client == client);
        if (await given.AnyAsync(row => row.Alias == alias, CancellationToken.None))
        {
            return;
        }

        int count = await given.CountAsync(CancellationToken.None);
        if (count >= quota.Aliases.Value && !HasWriteKey)
        {
            throw new LimitException(quota.Aliases.Name, quota.Aliases.Value, $"{count + 1L} aliases of one graph", "alias");
        }

        context.Add(new StoredAlias { Alias = alias, Graph = sequence, Client = client });
        await context.SaveChangesAsync(CancellationToken.None);
    }

    private async Task<bool> EvictAsync(string from, long kept)
    {
        var oldest = await context.GraphRegistrations
            .Where(row => row.Client == from && row.Graph != kept)
            .OrderBy(row => row.UsedAt).ThenBy(row => row.Graph)
            .Join(context.Graphs, row => row.Graph, row => row.Sequence, (registration, row) => new { row.Sequence, row.Id, registration.UsedAt })
            .FirstOrDefaultAsync(CancellationToken.None);
        if (oldest is null)
        {
            return false;
        }

        IQueryable<StoredRegistration> registrations = context.GraphRegistrations.Where(row => row.Graph == oldest.Sequence);
        if (uses.LastUse(oldest.Id) is { } use && use > oldest.UsedAt)
        {
            // It has been used since its last use was stored: it is not the oldest, and the next search finds another one.
            await registrations.Where(row => row.UsedAt < use)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.UsedAt, use), CancellationToken.None);
            return true;
        }

        await registrations.Where(row => row.Client == from).ExecuteDeleteAsync(CancellationToken.None);
        await context.Graphs.Where(row => row.Sequence == oldest.Sequence && !registrations.Any()).ExecuteDeleteAsync(CancellationToken.None);
        return true;
    }
}

using Backprop.Domain.Graphs;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The registered graphs. Safe to use from many threads and processes at once.</summary>
public sealed class GraphRegistry(IDbContextFactory<BackpropDbContext> contexts, WriteTurn writes, TimeProvider time)
{
    /// <summary>
    /// Registers a graph. One that is there already keeps its row, and takes the alias if one is given: the latest
    /// alias wins. Quota and uniqueness hold however many registrations run at once.
    /// </summary>
    /// <param name="id">The SHA-256 of the canonical form, in lower-case hexadecimal digits.</param>
    /// <param name="canonicalJson">The canonical form.</param>
    /// <param name="declarations">Its inputs and outputs as JSON.</param>
    /// <param name="nodes">How many nodes it has.</param>
    /// <param name="alias">A readable name, or null.</param>
    /// <param name="quota">The most graphs that may be registered.</param>
    /// <param name="cancellationToken">Gives up; nothing is registered then.</param>
    /// <exception cref="GraphException">The alias has the form of an id; the error is at <c>alias</c>.</exception>
    public async Task<Registration> RegisterAsync(
        string id, string canonicalJson, string declarations, int nodes, string? alias, int quota, CancellationToken cancellationToken)
    {
        if (alias is not null && IsId(alias))
        {
            throw new GraphException("alias", "an alias must not have the form of an id");
        }

        var candidate = new RegisteredGraph
        {
            Id = id,
            Alias = alias,
            Canonical = canonicalJson,
            Declarations = declarations,
            Nodes = nodes,
            CreatedAt = time.GetUtcNow(),
        };
        return await writes.RunAsync(context => AddAsync(context, candidate, quota, cancellationToken), cancellationToken);
    }

    /// <summary>The graph of this id or alias, or null.</summary>
    public async Task<RegisteredGraph?> FindAsync(string idOrAlias, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Named(context, idOrAlias).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The id of the graph of this id or alias, or null.</summary>
    public async Task<string?> IdOfAsync(string idOrAlias, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Named(context, idOrAlias).Select(graph => graph.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>All names: first the aliases, then the ids, each in the order of registration. The quota bounds them.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Graphs.OrderBy(graph => graph.Sequence).Select(graph => new { graph.Id, graph.Alias }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.Alias).OfType<string>(), .. rows.Select(row => row.Id)];
    }

    /// <summary>The graphs in the order of registration, at most <paramref name="limit"/> of them, from a cursor on.</summary>
    /// <exception cref="GraphException">The cursor is none that an earlier page gave; the error is at <c>cursor</c>.</exception>
    public async Task<GraphPage> ListAsync(int limit, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        long after = cursor is null ? 0 : PageCursor.Read(cursor);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Graphs
            .Where(graph => graph.Sequence > after)
            .OrderBy(graph => graph.Sequence)
            .Take(limit + 1)
            .Select(graph => new { graph.Sequence, Summary = new GraphSummary(graph.Id, graph.Alias, graph.Declarations, graph.Nodes, graph.CreatedAt) })
            .ToListAsync(cancellationToken);
        return new GraphPage(
            [.. rows.Take(limit).Select(row => row.Summary)],
            rows.Count > limit ? PageCursor.Of(rows[limit - 1].Sequence) : null);
    }

    /// <summary>Removes the graph of this id or alias; false where there is none.</summary>
    public Task<bool> DeleteAsync(string idOrAlias, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await Named(context, idOrAlias).ExecuteDeleteAsync(cancellationToken) > 0, cancellationToken);

    private static async Task<Registration> AddAsync(
        BackpropDbContext context, RegisteredGraph candidate, int quota, CancellationToken cancellationToken)
    {
        string? alias = candidate.Alias;
        GraphSummary? holder = alias is null ? null : await SummaryAsync(context.Graphs.Where(graph => graph.Alias == alias), cancellationToken);
        if (holder is not null && holder.Id != candidate.Id)
        {
            return new Registration(RegistrationOutcome.AliasTaken, holder);
        }

        IQueryable<RegisteredGraph> same = context.Graphs.Where(graph => graph.Id == candidate.Id);
        if (await SummaryAsync(same, cancellationToken) is { } existing)
        {
            if (alias is not null && alias != existing.Alias)
            {
                await same.ExecuteUpdateAsync(update => update.SetProperty(graph => graph.Alias, alias), cancellationToken);
                existing = existing with { Alias = alias };
            }

            return new Registration(RegistrationOutcome.Existing, existing);
        }

        if (await context.Graphs.CountAsync(cancellationToken) >= quota)
        {
            return new Registration(RegistrationOutcome.QuotaExceeded, null);
        }

        context.Add(candidate);
        await context.SaveChangesAsync(cancellationToken);
        return new Registration(RegistrationOutcome.Created, new GraphSummary(candidate.Id, alias, candidate.Declarations, candidate.Nodes, candidate.CreatedAt));
    }

    private static Task<GraphSummary?> SummaryAsync(IQueryable<RegisteredGraph> graphs, CancellationToken cancellationToken) => graphs
        .Select(graph => new GraphSummary(graph.Id, graph.Alias, graph.Declarations, graph.Nodes, graph.CreatedAt))
        .SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<RegisteredGraph> Named(BackpropDbContext context, string idOrAlias) => IsId(idOrAlias)
        ? context.Graphs.Where(graph => graph.Id == idOrAlias)
        : context.Graphs.Where(graph => graph.Alias == idOrAlias);

    private static bool IsId(string text) => text.Length == RegisteredGraphConfiguration.IdLength && text.All(char.IsAsciiHexDigitLower);
}

using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;
using Backprop.Domain.Suggestions;
using Backprop.Infrastructure.Persistence.Graphs;
using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence;

/// <summary>The registered graphs. Safe for use by concurrent threads and processes.</summary>
/// <param name="contexts">Makes database contexts.</param>
/// <param name="writes">The queue of writes.</param>
/// <param name="clients">Names clients.</param>
/// <param name="uses">Tracks which graphs are in use.</param>
/// <param name="time">The clock.</param>
public sealed class GraphRegistry(
    IDbContextFactory<BackpropDbContext> contexts, GroupCommitQueue writes, ClientNames clients, GraphUses uses, TimeProvider time)
{
    // A page ends before its declarations exceed this size.
    private const int PageCharacters = 4 << 20;
    private const int UsesTogether = 1000;
    private const int MostCompared = 1000;

    /// <summary>
    /// Registers a graph. If it exists, its row is kept and it gets the alias in addition to its others. An alias never moves from one graph to
    /// another unless the write key moves it. If a quota is exceeded, the least recently used graphs are evicted
    /// (<see cref="Domain.Quotas.Eviction"/>). Concurrent registrations preserve all of this.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="client">The network address of the client; null for the holder of the write key, whose graphs are pinned.</param>
    /// <param name="quota">The limits of the registry.</param>
    /// <param name="cancellationToken">Cancels; nothing is registered then.</param>
    /// <exception cref="GraphException">The alias is invalid; the error is at <c>alias</c>.</exception>
    /// <exception cref="LimitException">The graph or its alias does not fit, whatever is evicted.</exception>
    public async Task<Registration> RegisterAsync(NewGraph graph, string? client, GraphQuota quota, CancellationToken cancellationToken)
    {
        if (graph.Alias is { } alias && !GraphAlias.IsValid(alias))
        {
            throw new GraphException("alias", GraphAlias.Rule);
        }

        string name = client is null ? StoredHolding.WriteKey : await clients.OfAsync(client, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        Registration registration = await writes.RunAsync(
            context => new GraphRegistrar(context, graph, name, quota, uses, now).RunAsync(), cancellationToken);
        if (registration.Outcome == RegistrationOutcome.Existing)
        {
            uses.Note(graph.Id);
        }

        return registration;
    }

    /// <summary>The graph of this id or alias, or null.</summary>
    public async Task<RegisteredGraph?> FindAsync(string idOrAlias, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.IdOfAsync(idOrAlias, cancellationToken) is not { } id)
        {
            return null;
        }

        uses.Note(id);
        return await context.Graphs.AsNoTracking().SingleOrDefaultAsync(graph => graph.Id == id, cancellationToken);
    }

    /// <summary>The id of the graph of this id or alias, or null.</summary>
    public async Task<string?> IdOfAsync(string idOrAlias, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        string? id = await context.IdOfAsync(idOrAlias, cancellationToken);
        if (id is not null)
        {
            uses.Note(id);
        }

        return id;
    }

    /// <summary>All names: the aliases, then the ids, each in the order of registration. The quotas bound their number.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> aliases = await context.AliasesAsync(cancellationToken);
        List<string> ids = await context.Graphs.OrderBy(graph => graph.Sequence).Select(graph => graph.Id).ToListAsync(cancellationToken);
        return [.. aliases, .. ids];
    }

    /// <summary>What an unknown name may stand for: aliases, the newest first, and the ids that begin with it.</summary>
    /// <param name="unknown">The name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<NameSuggestions> SuggestionsAsync(string unknown, CancellationToken cancellationToken)
    {
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        List<string> aliases = await context.GraphAliases.OrderByDescending(alias => alias.Sequence).Select(alias => alias.Alias)
            .Take(MostCompared).ToListAsync(cancellationToken);
        return new NameSuggestions([.. aliases, .. await context.IdsFromAsync(unknown, cancellationToken)]);
    }

    /// <summary>
    /// The graphs in the order of registration from a cursor on, at most <paramref name="limit"/> of them, and fewer if their declarations are long.
    /// </summary>
    /// <exception cref="GraphException">The cursor was not issued by this service; the error is at <c>cursor</c>.</exception>
    public async Task<GraphPage> ListAsync(int limit, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        long after = cursor is null ? 0 : PageCursor.Read(cursor);
        await using BackpropDbContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Graphs
            .Where(graph => graph.Sequence > after)
            .OrderBy(graph => graph.Sequence)
            .Take(limit + 1)
            .Select(graph => new { graph.Sequence, Characters = graph.Declarations.Length })
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return new GraphPage([], null);
        }

        long characters = 0;
        int shown = Math.Min(limit, Math.Max(1, rows.TakeWhile(row => (characters += row.Characters) <= PageCharacters).Count()));
        long last = rows[shown - 1].Sequence;
        IQueryable<RegisteredGraph> page = context.Graphs.Where(graph => graph.Sequence > after && graph.Sequence <= last);
        List<RegisteredGraphSummary> items = await context.SummariesAsync(page, cancellationToken);
        return new GraphPage(items, rows.Count > shown ? PageCursor.Of(last) : null);
    }

    /// <summary>Deletes the graph of this id or alias with all its names, no matter who registered it; false if there is none.</summary>
    public Task<bool> DeleteAsync(string idOrAlias, CancellationToken cancellationToken) => writes.RunAsync(
        async context => await context.IdOfAsync(idOrAlias, CancellationToken.None) is { } id
            && await context.Graphs.Where(graph => graph.Id == id).ExecuteDeleteAsync(CancellationToken.None) > 0,
        cancellationToken);

    /// <summary>Stores which graphs were used, so that a later process knows the least recently used.</summary>
    public async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        // Between two batches other writes get their turn.
        foreach (KeyValuePair<string, long>[] part in uses.Unwritten.Chunk(UsesTogether))
        {
            await writes.RunAsync(context => uses.WriteAsync(context, part), cancellationToken);
        }
    }
}

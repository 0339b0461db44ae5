using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>The queries of the registry, all answered by indexes.</summary>
internal static class GraphQueries
{
    private const int MostAliases = 100;
    private const int ShortestAbbreviation = 4;
    private const int MostAbbreviated = 3;

    // Compiled once: every request that names a graph runs one of them.
    private static readonly Func<BackpropDbContext, string, CancellationToken, Task<string?>> KnownId = EF.CompileAsyncQuery(
        (BackpropDbContext context, string id, CancellationToken cancellationToken) => context.Graphs
            .Where(graph => graph.Id == id)
            .Select(graph => graph.Id)
            .FirstOrDefault());

    private static readonly Func<BackpropDbContext, string, CancellationToken, Task<string?>> IdOfAlias = EF.CompileAsyncQuery(
        (BackpropDbContext context, string name, CancellationToken cancellationToken) => context.GraphAliases
            .Where(alias => alias.Alias == name)
            .Join(context.Graphs, alias => alias.Graph, graph => graph.Sequence, (alias, graph) => graph.Id)
            .FirstOrDefault());

    /// <summary>The id of the graph that an id or an alias names, or null.</summary>
    public static Task<string?> IdOfAsync(this BackpropDbContext context, string idOrAlias, CancellationToken cancellationToken) =>
        GraphAlias.IsId(idOrAlias) ? KnownId(context, idOrAlias, cancellationToken) : IdOfAlias(context, idOrAlias, cancellationToken);

    /// <summary>The id of the graph that has an alias, or null.</summary>
    public static Task<string?> IdOfAliasAsync(this BackpropDbContext context, string alias) => IdOfAlias(context, alias, CancellationToken.None);

    /// <summary>The summary of the graph with an existing id.</summary>
    public static async Task<RegisteredGraphSummary> SummaryAsync(this BackpropDbContext context, string id) =>
        (await context.SummariesAsync(context.Graphs.Where(graph => graph.Id == id), CancellationToken.None))[0];

    /// <summary>The summaries of a few graphs in the order of registration.</summary>
    public static async Task<List<RegisteredGraphSummary>> SummariesAsync(
        this BackpropDbContext context, IQueryable<RegisteredGraph> graphs, CancellationToken cancellationToken)
    {
        var rows = await graphs.OrderBy(graph => graph.Sequence)
            .Select(graph => new
            {
                graph.Sequence,
                graph.Id,
                graph.Declarations,
                graph.Nodes,
                graph.CreatedAt,
                Pinned = context.GraphRegistrations.Any(row => row.Graph == graph.Sequence && row.Client == StoredHolding.WriteKey),
            })
            .ToListAsync(cancellationToken);
        ILookup<long, string> aliases = await context.AliasesAsync([.. rows.Select(row => row.Sequence)], cancellationToken);
        return
        [
            .. rows.Select(row => new RegisteredGraphSummary(
                row.Id, [.. aliases[row.Sequence].Take(MostAliases)], row.Pinned, row.Declarations, row.Nodes, row.CreatedAt)),
        ];
    }

    /// <summary>All aliases in the order of their creation.</summary>
    public static Task<List<string>> AliasesAsync(this BackpropDbContext context, CancellationToken cancellationToken) => context.GraphAliases
        .GroupBy(alias => alias.Alias)
        .OrderBy(rows => rows.Min(row => row.Sequence))
        .Select(rows => rows.Key)
        .ToListAsync(cancellationToken);

    /// <summary>A few ids that begin with an abbreviation; none if it is too short to be one, or has other characters.</summary>
    public static async Task<List<string>> IdsFromAsync(this BackpropDbContext context, string start, CancellationToken cancellationToken)
    {
        string first = start.ToLowerInvariant();
        if (first.Length < ShortestAbbreviation || !first.All(char.IsAsciiHexDigitLower))
        {
            return [];
        }

        // A range of the index: g follows the hexadecimal digits.
        string end = first + "g";
        return await context.Graphs.Select(graph => graph.Id)
            .Where(id => string.Compare(id, first) >= 0 && string.Compare(id, end) < 0)
            .OrderBy(id => id).Take(MostAbbreviated).ToListAsync(cancellationToken);
    }

    private static async Task<ILookup<long, string>> AliasesAsync(this BackpropDbContext context, long[] graphs, CancellationToken cancellationToken)
    {
        var rows = await context.GraphAliases
            .Where(alias => graphs.Contains(alias.Graph))
            .GroupBy(alias => new { alias.Graph, alias.Alias })
            .OrderBy(same => same.Min(row => row.Sequence))
            .Select(same => same.Key)
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Graph, row => row.Alias);
    }
}

using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>
/// Remembers when graphs were last used, for the one used longest ago to be evicted first. A use is noted in memory and written
/// together with others later. Safe to use from many threads at once.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class GraphUses(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> noted = new(StringComparer.Ordinal);

    /// <summary>The uses that are not written yet: ids of graphs with the ticks of their last use.</summary>
    internal KeyValuePair<string, long>[] Unwritten => noted.ToArray();

    /// <summary>Notes that a graph is used.</summary>
    /// <param name="id">Its id.</param>
    public void Note(string id) => noted[id] = time.GetUtcNow().UtcTicks;

    /// <summary>When a graph was last used, or null where that is written already.</summary>
    /// <param name="id">Its id.</param>
    internal DateTimeOffset? LastUse(string id) => noted.TryGetValue(id, out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Writes uses, and forgets those that are still the last.</summary>
    /// <param name="context">The context of a transaction that sees no other writes (<see cref="GroupCommitQueue"/>).</param>
    /// <param name="uses">Some of those that are not written yet.</param>
    internal async Task<int> WriteAsync(BackpropDbContext context, KeyValuePair<string, long>[] uses)
    {
        foreach (KeyValuePair<string, long> use in uses)
        {
            await context.Database.ExecuteSqlAsync(
                $"""
                UPDATE GraphRegistrations SET UsedAt = {use.Value}
                WHERE Graph = (SELECT Sequence FROM Graphs WHERE Id = {use.Key}) AND UsedAt < {use.Value}
                """,
                CancellationToken.None);
            noted.TryRemove(use);
        }

        return uses.Length;
    }
}

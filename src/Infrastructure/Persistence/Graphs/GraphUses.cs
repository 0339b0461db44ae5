using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>
/// Tracks when graphs were last used, so that the least recently used is evicted first. A use is recorded in memory and stored with others later.
/// Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class GraphUses(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> noted = new(StringComparer.Ordinal);

    /// <summary>The uses that are not stored yet: ids of graphs with the ticks of their last use.</summary>
    internal KeyValuePair<string, long>[] Unwritten => noted.ToArray();

    /// <summary>Records that a graph is used.</summary>
    /// <param name="id">Its id.</param>
    public void Note(string id) => noted[id] = time.GetUtcNow().UtcTicks;

    /// <summary>When a graph was last used, or null if that is already stored.</summary>
    /// <param name="id">Its id.</param>
    internal DateTimeOffset? LastUse(string id) => noted.TryGetValue(id, out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Stores uses, and forgets those that have not changed meanwhile.</summary>
    /// <param name="context">The context of an isolated transaction (<see cref="GroupCommitQueue"/>).</param>
    /// <param name="uses">Some of the uses that are not stored yet.</param>
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

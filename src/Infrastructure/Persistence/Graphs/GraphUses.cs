using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Backprop.Infrastructure.Persistence.Graphs;

/// <summary>
/// Remembers which graphs are used, for the one used longest ago to be evicted first. A use costs a look into a table in memory;
/// a graph is noted once a minute, however often it is used, and written together with others. Safe to use from many threads at once.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class GraphUses(TimeProvider time)
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> noted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Id, long Ticks)> unwritten = new();

    /// <summary>Whether there are uses to be written.</summary>
    internal bool HasUnwritten => !unwritten.IsEmpty;

    /// <summary>Notes that a graph is used.</summary>
    /// <param name="id">Its id.</param>
    public void Note(string id)
    {
        long now = time.GetUtcNow().UtcTicks;
        if (noted.TryGetValue(id, out long before) && now - before < Resolution.Ticks)
            return;
        noted[id] = now;
        unwritten.Enqueue((id, now));
    }

    /// <summary>Writes the oldest uses that are not written yet.</summary>
    /// <param name="context">The context of a transaction that sees no other writes (<see cref="WriteTurn"/>).</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many.</returns>
    internal async Task<int> WriteAsync(BackpropDbContext context, int most)
    {
        int written = 0;
        for (; written < most && unwritten.TryDequeue(out (string Id, long Ticks) use); written++)
        {
            await context.Database.ExecuteSqlAsync(
                $"UPDATE GraphRegistrations SET UsedAt = {use.Ticks} WHERE Graph = (SELECT Sequence FROM Graphs WHERE Id = {use.Id}) AND UsedAt < {use.Ticks}",
                CancellationToken.None);
        }

        return written;
    }

    /// <summary>Forgets what was noted more than a minute ago, which the next use notes again.</summary>
    internal void Forget()
    {
        long now = time.GetUtcNow().UtcTicks;
        foreach (KeyValuePair<string, long> note in noted)
        {
            if (now - note.Value >= Resolution.Ticks)
                noted.TryRemove(note);
        }
    }
}

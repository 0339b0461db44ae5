namespace Backprop.Compute.Host;

/// <summary>
/// Keeps the heap, garbage included, below a limit. The collector lets garbage grow with the machine's memory, which it knows; it does not know this
/// limit. Safe for concurrent use.
/// </summary>
/// <param name="limit">The bytes that the heap may take.</param>
internal sealed class GarbageBudget(long limit)
{
    // A full collection stops all threads: it runs at most this often, and requests that need room before then wait.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock full = new();
    private long collected = Environment.TickCount64 - (long)Interval.TotalMilliseconds;

    /// <summary>Waits until there is room, unless the memory is in use.</summary>
    /// <param name="bytes">How much is about to be allocated.</param>
    public void MakeRoom(long bytes)
    {
        // The collector starts early, concurrently with the requests; they wait for it only if that is too slow.
        if (IsAbove(limit / 4 * 3, bytes))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false, compacting: false);
        }

        if (!IsAbove(limit, bytes))
        {
            return;
        }

        lock (full)
        {
            long wait = collected + (long)Interval.TotalMilliseconds - Environment.TickCount64;
            if (wait > 0)
            {
                Thread.Sleep((int)wait);
            }

            if (!IsAbove(limit, bytes))
            {
                return;
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            collected = Environment.TickCount64;
        }
    }

    private static bool IsAbove(long most, long bytes) => GC.GetTotalMemory(forceFullCollection: false) + bytes > most;
}

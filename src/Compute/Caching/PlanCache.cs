namespace Backprop.Compute.Caching;

/// <summary>
/// Caches compiled entries under the caller's keys and evicts the least recently used. Safe for concurrent use: if several callers ask for the same
/// new key at once, one compiles and the others wait for it, each until its own token is cancelled.
/// </summary>
/// <typeparam name="T">The type of an entry: a plan, or a plan and its data.</typeparam>
/// <param name="entries">The most entries it holds.</param>
/// <param name="bytes">Approximately the most bytes it holds; an entry that exceeds them by itself is not kept.</param>
/// <param name="sizeOf">Approximately how many bytes an entry holds.</param>
public sealed class PlanCache<T>(int entries, long bytes, Func<T, long> sizeOf)
    where T : class
{
    private readonly Lock gate = new();
    private readonly LruCache<TaskCompletionSource<T>> cache = new(entries, bytes);

    /// <summary>The number of entries, including those being compiled.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return cache.Count;
            }
        }
    }

    /// <summary>Approximately how many bytes it holds.</summary>
    public long HeldBytes
    {
        get
        {
            lock (gate)
            {
                return cache.HeldBytes;
            }
        }
    }

    /// <summary>The entry under <paramref name="key"/>, or the one that <paramref name="compile"/> makes.</summary>
    /// <param name="key">Identifies the graph, its shapes, types and device without collisions.</param>
    /// <param name="compile">Makes the entry; what it throws reaches the caller and is not kept.</param>
    /// <param name="cached">True if this call had to compile nothing.</param>
    /// <param name="cancellationToken">Ends waiting for another caller's compilation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while another caller compiled, or that caller was cancelled.</exception>
    public T GetOrAdd(string key, Func<T> compile, out bool cached, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<T>? entry;
        lock (gate)
        {
            entry = cache.Find(key);
            cached = entry is not null;
            if (entry is null)
            {
                entry = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
                cache.Add(key, entry);
            }
        }

        return cached ? Awaited(entry.Task, cancellationToken) : Compiled(key, entry, compile);
    }

    private static T Awaited(Task<T> value, CancellationToken cancellationToken)
    {
        if (!value.IsCompleted)
        {
            // The task's own failure is thrown unchanged below.
            Task.WaitAny([value], cancellationToken);
        }

        return value.GetAwaiter().GetResult();
    }

    private T Compiled(string key, TaskCompletionSource<T> entry, Func<T> compile)
    {
        try
        {
            T value = compile();
            long size = sizeOf(value);
            lock (gate)
            {
                cache.Resize(key, entry, size);
            }

            entry.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                cache.Remove(key, entry);
            }

            entry.SetException(exception);
            _ = entry.Task.Exception; // observed here, since no one may be waiting for it
            throw;
        }
    }
}

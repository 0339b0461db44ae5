namespace Backprop.Compute.Compilation;

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
    private readonly Dictionary<string, LinkedListNode<Entry>> found = [];
    private readonly LinkedList<Entry> recent = [];

    /// <summary>The number of entries, including those being compiled.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return found.Count;
            }
        }
    }

    /// <summary>Approximately how many bytes it holds.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>The entry under <paramref name="key"/>, or the one that <paramref name="compile"/> makes.</summary>
    /// <param name="key">Identifies the graph, its shapes, types and device without collisions.</param>
    /// <param name="compile">Makes the entry; what it throws reaches the caller and is not kept.</param>
    /// <param name="cached">True if this call had to compile nothing.</param>
    /// <param name="cancellationToken">Ends waiting for another caller's compilation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while another caller compiled, or that caller was cancelled.</exception>
    public T GetOrAdd(string key, Func<T> compile, out bool cached, CancellationToken cancellationToken = default)
    {
        LinkedListNode<Entry>? entry;
        lock (gate)
        {
            cached = found.TryGetValue(key, out entry);
            if (entry is null)
            {
                found[key] = entry = recent.AddFirst(new Entry(key));
            }
            else
            {
                recent.Remove(entry);
                recent.AddFirst(entry);
            }
        }

        return cached ? Awaited(entry.Value, cancellationToken) : Compiled(entry, compile);
    }

    private static T Awaited(Entry entry, CancellationToken cancellationToken)
    {
        Task<T> value = entry.Value.Task;
        if (!value.IsCompleted)
        {
            // The task's own failure is thrown unchanged below.
            Task.WaitAny([value], cancellationToken);
        }

        return value.GetAwaiter().GetResult();
    }

    private T Compiled(LinkedListNode<Entry> entry, Func<T> compile)
    {
        try
        {
            T value = compile();
            Account(entry, sizeOf(value));
            entry.Value.Value.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            Forget(entry);
            entry.Value.Value.SetException(exception);
            _ = entry.Value.Value.Task.Exception; // observed here, since no one may be waiting for it
            throw;
        }
    }

    private void Account(LinkedListNode<Entry> entry, long size)
    {
        lock (gate)
        {
            if (entry.List is null)
            {
                return;
            }

            entry.Value.Size = size;
            HeldBytes += size;
            if (size > bytes)
            {
                Remove(entry);
            }

            while (found.Count > entries || HeldBytes > bytes)
            {
                Remove(recent.Last!);
            }
        }
    }

    private void Forget(LinkedListNode<Entry> entry)
    {
        lock (gate)
        {
            if (entry.List is not null)
            {
                Remove(entry);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> entry)
    {
        recent.Remove(entry);
        found.Remove(entry.Value.Key);
        HeldBytes -= entry.Value.Size;
    }

    private sealed class Entry(string key)
    {
        public string Key { get; } = key;

        public TaskCompletionSource<T> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Size { get; set; }
    }
}

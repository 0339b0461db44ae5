namespace Backprop.Compute.Compilation;

/// <summary>
/// Keeps what was compiled under the caller's keys, the least recently used leaving first. Safe for concurrent use; of callers
/// who ask for the same new key at the same time one compiles, and the others wait for it, each until it is cancelled itself.
/// </summary>
/// <typeparam name="T">What is kept: a plan, or a plan with what belongs to it.</typeparam>
/// <param name="entries">The most entries it holds.</param>
/// <param name="bytes">About the most bytes it holds; what exceeds them alone is not kept.</param>
/// <param name="sizeOf">About how many bytes an entry holds.</param>
public sealed class PlanCache<T>(int entries, long bytes, Func<T, long> sizeOf)
    where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> found = [];
    private readonly LinkedList<Entry> recent = [];

    /// <summary>The entries it holds, those being compiled included.</summary>
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

    /// <summary>About the bytes that it holds.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>What is kept under <paramref name="key"/>, or what <paramref name="compile"/> makes.</summary>
    /// <param name="key">Names the graph, its shapes, types and device without collision.</param>
    /// <param name="compile">Makes the entry; what it throws reaches the caller and is not kept.</param>
    /// <param name="cached">True where nothing had to be compiled by this call.</param>
    /// <param name="cancellation">Ends waiting for another caller's compilation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while another caller compiled, or that caller was.</exception>
    public T GetOrAdd(string key, Func<T> compile, out bool cached, CancellationToken cancellation = default)
    {
        LinkedListNode<Entry>? index;
        lock (gate)
        {
            cached = found.TryGetValue(key, out index);
            if (index is null)
            {
                found[key] = index = recent.AddFirst(new Entry(key));
            }
            else
            {
                recent.Remove(index);
                recent.AddFirst(index);
            }
        }

        return cached ? Awaited(index.Value, cancellation) : CompiledQuery(index, compile);
    }

    private static T Awaited(Entry entry, CancellationToken cancellation)
    {
        Task<T> value = entry.Value.Task;
        if (!value.IsCompleted)
        {
            // The task's own failure is thrown below, as it is.
            Task.WaitAny([value], cancellation);
        }

        return value.GetAwaiter().GetResult();
    }

    private T CompiledQuery(LinkedListNode<Entry> index, Func<T> compile)
    {
        try
        {
            T value = compile();
            Account(index, sizeOf(value));
            index.Value.Value.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            Forget(index);
            index.Value.Value.SetException(exception);
            _ = index.Value.Value.Task.Exception; // nobody may be waiting for it
            throw;
        }
    }

    private void Account(LinkedListNode<Entry> index, long size)
    {
        lock (gate)
        {
            if (index.List is null)
            {
                return;
            }

            index.Value.Size = size;
            HeldBytes += size;
            if (size > bytes)
            {
                Remove(index);
            }

            while (found.Count > entries || HeldBytes > bytes)
            {
                Remove(recent.Last!);
            }
        }
    }

    private void Forget(LinkedListNode<Entry> index)
    {
        lock (gate)
        {
            if (index.List is not null)
            {
                Remove(index);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> index)
    {
        recent.Remove(index);
        found.Remove(index.Value.Key);
        HeldBytes -= index.Value.Size;
    }

    private sealed class Entry(string key)
    {
        public string Key { get; } = key;

        public TaskCompletionSource<T> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Size { get; set; }
    }
}

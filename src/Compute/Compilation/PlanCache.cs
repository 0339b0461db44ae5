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
        LinkedListNode<Entry>? place;
        lock (gate)
        {
            cached = found.TryGetValue(key, out place);
            if (place is null)
            {
                found[key] = place = recent.AddFirst(new Entry(key));
            }
            else
            {
                recent.Remove(place);
                recent.AddFirst(place);
            }
        }

        return cached ? Awaited(place.Value, cancellation) : Compiled(place, compile);
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

    private T Compiled(LinkedListNode<Entry> place, Func<T> compile)
    {
        try
        {
            T value = compile();
            Account(place, sizeOf(value));
            place.Value.Value.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            Forget(place);
            place.Value.Value.SetException(exception);
            _ = place.Value.Value.Task.Exception; // nobody may be waiting for it
            throw;
        }
    }

    private void Account(LinkedListNode<Entry> place, long size)
    {
        lock (gate)
        {
            if (place.List is null)
            {
                return;
            }

            place.Value.Size = size;
            HeldBytes += size;
            if (size > bytes)
            {
                Remove(place);
            }

            while (found.Count > entries || HeldBytes > bytes)
            {
                Remove(recent.Last!);
            }
        }
    }

    private void Forget(LinkedListNode<Entry> place)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                Remove(place);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> place)
    {
        recent.Remove(place);
        found.Remove(place.Value.Key);
        HeldBytes -= place.Value.Size;
    }

    private sealed class Entry(string key)
    {
        public string Key { get; } = key;

        public TaskCompletionSource<T> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Size { get; set; }
    }
}

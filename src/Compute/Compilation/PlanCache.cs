namespace Backprop.Compute.Compilation;

/// <summary>
/// Keeps what was compiled under the caller's keys, the least recently used leaving first. Safe for concurrent use; callers
/// who ask for the same new key at the same time compile once and wait for it.
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
    public T GetOrAdd(string key, Func<T> compile, out bool cached)
    {
        LinkedListNode<Entry>? place;
        lock (gate)
        {
            cached = found.TryGetValue(key, out place);
            if (place is null)
            {
                found[key] = place = recent.AddFirst(new Entry(key, new Lazy<T>(compile)));
            }
            else
            {
                recent.Remove(place);
                recent.AddFirst(place);
            }
        }

        try
        {
            T value = place.Value.Value.Value;
            if (!cached)
            {
                Account(place, sizeOf(value));
            }

            return value;
        }
        catch
        {
            Forget(place);
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

    private sealed class Entry(string key, Lazy<T> value)
    {
        public string Key { get; } = key;

        public Lazy<T> Value { get; } = value;

        public long Size { get; set; }
    }
}

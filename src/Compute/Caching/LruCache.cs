namespace Backprop.Compute.Caching;

/// <summary>Values under keys, limited in number and bytes; the least recently used leave first. Not thread-safe.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
/// <param name="entries">The most values it holds.</param>
/// <param name="bytes">Approximately the most bytes it holds; a value that exceeds them by itself is not kept.</param>
public sealed class LruCache<T>(int entries, long bytes)
    where T : class
{
    private readonly Dictionary<string, LinkedListNode<Entry>> found = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> recent = [];

    /// <summary>The number of values.</summary>
    public int Count => found.Count;

    /// <summary>Approximately how many bytes it holds.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>The values, the most recently used first.</summary>
    public IEnumerable<T> Recent => recent.Select(entry => entry.Value);

    /// <summary>The value under a key, which becomes the most recently used; null if there is none.</summary>
    public T? Find(string key)
    {
        if (!found.TryGetValue(key, out LinkedListNode<Entry>? entry))
        {
            return null;
        }

        recent.Remove(entry);
        recent.AddFirst(entry);
        return entry.Value.Value;
    }

    /// <summary>Stores a value of known size in place of the one that has its key.</summary>
    public void Put(string key, T value, long size)
    {
        if (size > bytes)
        {
            return;
        }

        Remove(key);
        Add(key, value);
        Resize(key, value, size);
    }

    /// <summary>Adds a value whose size is not known yet; nothing leaves for it before <see cref="Resize"/>.</summary>
    /// <exception cref="ArgumentException">There is a value under the key.</exception>
    public void Add(string key, T value)
    {
        found.Add(key, recent.AddFirst(new Entry(key, value)));
    }

    /// <summary>Sets the size of a value, unless it has left or was replaced.</summary>
    public void Resize(string key, T value, long size)
    {
        if (!found.TryGetValue(key, out LinkedListNode<Entry>? entry) || entry.Value.Value != value)
        {
            return;
        }

        HeldBytes += size - entry.Value.Size;
        entry.Value.Size = size;
        if (size > bytes)
        {
            Remove(entry);
        }

        while (found.Count > entries || HeldBytes > bytes)
        {
            Remove(recent.Last!);
        }
    }

    /// <summary>Removes what a key has, if anything.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The only value to remove, if given.</param>
    public void Remove(string key, T? value = null)
    {
        if (found.TryGetValue(key, out LinkedListNode<Entry>? entry) && (value is null || entry.Value.Value == value))
        {
            Remove(entry);
        }
    }

    private void Remove(LinkedListNode<Entry> entry)
    {
        recent.Remove(entry);
        found.Remove(entry.Value.Key);
        HeldBytes -= entry.Value.Size;
    }

    private sealed class Entry(string key, T value)
    {
        public string Key => key;

        public T Value => value;

        public long Size { get; set; }
    }
}

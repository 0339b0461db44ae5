using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Backprop.Client.Values;
using Backprop.Compute.Caching;

namespace Backprop.Api.FastPath;

/// <summary>
/// The prepared requests, least recently used evicted first. The latest are found by comparing bytes, all others by a digest of what their bodies
/// have in common. Thread-safe.
/// </summary>
/// <param name="bytes">Approximate limit on the bytes that they keep alive together.</param>
internal sealed class PreparedRequestCache(long bytes)
{
    private const int MostFront = 16;
    private const int MostEntries = 4096;

    private readonly Lock gate = new();
    private readonly LruCache<PreparedRequest> cache = new(MostEntries, bytes);
    private PreparedRequest[] front = [];
    private long answers;

    /// <summary>The number of requests that were answered on the fast path.</summary>
    public long Answers => Volatile.Read(ref answers);

    /// <summary>Approximate bytes kept alive.</summary>
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

    /// <summary>The plans used last.</summary>
    public ReadOnlySpan<PreparedRequest> Front => Volatile.Read(ref front);

    /// <summary>The key of a plan: the route, the body without its values, and the types of the values.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="cuts">Its values.</param>
    public static string Key(string route, ReadOnlySpan<byte> body, IReadOnlyList<ValueSpan> cuts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(route));
        int start = 0;
        foreach (ValueSpan cut in cuts)
        {
            AppendCounted(hash, body[start..cut.Start]);
            AppendType(hash, cut.Value);
            start = cut.End;
        }

        AppendCounted(hash, body[start..]);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Counts an answer.</summary>
    public void CountAnswer() => Interlocked.Increment(ref answers);

    /// <summary>The plan of a key; it becomes the most recently used.</summary>
    public PreparedRequest? Find(string key)
    {
        lock (gate)
        {
            PreparedRequest? plan = cache.Find(key);
            if (plan is not null)
            {
                Refresh();
            }

            return plan;
        }
    }

    /// <summary>Stores a plan and replaces the one that has its key.</summary>
    public void Put(string key, PreparedRequest plan)
    {
        lock (gate)
        {
            cache.Put(key, plan, plan.Bytes);
            Refresh();
        }
    }

    private void Refresh() => front = [.. cache.Recent.Take(MostFront)];

    private static void AppendCounted(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Append(hash, part.Length);
        hash.AppendData(part);
    }

    private static void AppendType(IncrementalHash hash, TensorValue value)
    {
        Append(hash, value.DType is { } dtype ? (long)dtype : -1);
        Append(hash, value.Shape.Length);
        foreach (long extent in value.Shape)
        {
            Append(hash, extent);
        }
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> digits = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(digits, number);
        hash.AppendData(digits);
    }
}

using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host;

/// <summary>Accounts for the memory of all requests together; a reservation precedes the allocation. Safe for concurrent use.</summary>
/// <param name="limit">The bytes that all requests may hold together.</param>
public sealed class MemoryBudget(long limit)
{
    private const string Key = "Limits:MemoryBytes";

    // The memory of small requests is bounded by their number.
    private const long Small = 64 << 10;
    private const long Large = 4 << 20;

    private readonly GarbageBudget garbage = new(limit);
    private long reserved;

    /// <summary>A budget without a limit.</summary>
    public static MemoryBudget Unlimited { get; } = new(long.MaxValue);

    /// <summary>The bytes reserved at the moment.</summary>
    public long Reserved => Volatile.Read(ref reserved);

    /// <summary>Reserves memory until the reservation is disposed.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="LimitException">It is more than all requests may hold.</exception>
    /// <exception cref="MemoryExhaustedException">Other requests hold too much of it at the moment.</exception>
    public MemoryReservation Reserve(long bytes)
    {
        if (bytes < Small)
        {
            return default;
        }

        Require(bytes);
        if (Interlocked.Add(ref reserved, bytes) <= limit)
        {
            if (bytes >= Large)
            {
                garbage.MakeRoom(bytes);
            }

            return new MemoryReservation(this, bytes);
        }

        Release(bytes);
        throw new MemoryExhaustedException(bytes, limit);
    }

    /// <summary>Requires that so much could be reserved if nothing else were.</summary>
    /// <exception cref="LimitException">It is more than all requests may hold.</exception>
    public void Require(long bytes)
    {
        if (bytes > limit)
        {
            throw new LimitException(Key, limit, $"{bytes} bytes of memory");
        }
    }

    internal void Release(long bytes) => Interlocked.Add(ref reserved, -bytes);
}

/// <summary>Memory that is reserved until this is disposed, exactly once.</summary>
/// <param name="budget">The budget, or null if nothing was reserved.</param>
/// <param name="bytes">How much.</param>
public readonly struct MemoryReservation(MemoryBudget? budget, long bytes) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => budget?.Release(bytes);
}

/// <summary>Other requests hold so much memory that this one has to wait.</summary>
/// <param name="bytes">The bytes that it needs.</param>
/// <param name="limit">The bytes that all requests may hold together.</param>
public sealed class MemoryExhaustedException(long bytes, long limit)
    : Exception($"{bytes} bytes of memory are needed; other requests hold too much of the {limit} bytes that all may hold together");

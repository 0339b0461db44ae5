namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>A permit to compute, until it is disposed.</summary>
/// <param name="limiter">The limiter that gave it.</param>
/// <param name="client">Its client.</param>
/// <param name="start">When it was given, as a timestamp of the clock.</param>
internal sealed class ComputeLease(ComputeLimiter limiter, string client, long start) : IDisposable
{
    private int disposed;

    /// <summary>The client.</summary>
    internal string Client => client;

    /// <summary>When the permit was given.</summary>
    internal long Start => start;

    /// <summary>Whether it counts among the long computations.</summary>
    public bool IsLong { get; internal set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            limiter.Release(this);
        }
    }
}

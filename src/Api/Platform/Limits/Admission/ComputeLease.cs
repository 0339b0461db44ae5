namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>A permit to compute, until it is disposed of.</summary>
/// <param name="limiter">Who gave it.</param>
/// <param name="client">To whom.</param>
/// <param name="start">When, as a timestamp of the clock.</param>
public sealed class ComputeLease(ComputeLimiter limiter, string client, long start) : IDisposable
{
    private int disposed;

    /// <summary>The client.</summary>
    internal string Client => client;

    /// <summary>When the permit was given.</summary>
    internal long Start => start;

    /// <summary>True once it counts among the long computations.</summary>
    public bool IsLong { get; internal set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
            limiter.Release(this);
    }
}

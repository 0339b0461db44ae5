using System.Diagnostics;

namespace Backprop.Testing.Running;

/// <summary>
/// How long work goes on after it is cancelled. The token is cancelled by a thread of its own, since the thread pool may be busy, and the least of
/// several attempts counts, since another program may have the processors during one.
/// </summary>
/// <param name="Elapsed">The time from the cancellation to the end of the work; zero if the work had ended before.</param>
/// <param name="Finished">Whether the work ended without an <see cref="OperationCanceledException"/>.</param>
internal readonly record struct CancellationLatency(TimeSpan Elapsed, bool Finished)
{
    private const int Attempts = 3;

    /// <summary>Cancels work while it runs, again until it ends within <paramref name="limit"/>.</summary>
    /// <param name="work">The work.</param>
    /// <param name="delay">The time from the start of the work to the cancellation.</param>
    /// <param name="limit">A latency that needs no further attempt.</param>
    public static CancellationLatency Measure(Action<CancellationToken> work, TimeSpan delay, TimeSpan limit)
    {
        CancellationLatency least = Attempt(work, delay);
        for (int i = 1; i < Attempts && least.Elapsed >= limit; i++)
        {
            CancellationLatency next = Attempt(work, delay);
            least = next.Elapsed < least.Elapsed ? next : least;
        }

        return least;
    }

    /// <inheritdoc/>
    public override string ToString() => Finished && Elapsed == TimeSpan.Zero
        ? "finished before it was cancelled"
        : $"{(Finished ? "finished" : "stopped")} {Elapsed.TotalMilliseconds:0.0} ms after it was cancelled";

    private static CancellationLatency Attempt(Action<CancellationToken> work, TimeSpan delay)
    {
        using var source = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        long cancelled = 0;
        var canceller = new Thread(() =>
        {
            if (!ended.Wait(delay))
            {
                Volatile.Write(ref cancelled, Stopwatch.GetTimestamp());
                source.Cancel();
            }
        });
        canceller.Start();
        bool finished = Finishes(work, source.Token);
        long end = Stopwatch.GetTimestamp();
        ended.Set();
        canceller.Join();
        long since = cancelled == 0 ? end : cancelled;
        return new(since < end ? Stopwatch.GetElapsedTime(since, end) : TimeSpan.Zero, finished);
    }

    private static bool Finishes(Action<CancellationToken> work, CancellationToken cancellationToken)
    {
        try
        {
            work(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

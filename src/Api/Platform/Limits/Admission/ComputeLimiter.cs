using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits.Admission;

/// <summary>
/// Decides which requests compute, which wait and which are rejected. <c>Limits:Concurrency</c> of them compute at a time; clients take turns. A
/// computation that has taken a second returns its permit and continues in a second group of the same size, so that a few long requests cannot block
/// all short ones (multilevel feedback queue). A request that would wait too long is rejected at once rather than after waiting: longer than
/// <c>Limits:QueueSeconds</c> or, after a rejection and until none has occurred for some seconds, longer than a brief wait (B. Maurer, "Fail at
/// scale", ACM Queue 13(8), 2015). Thread-safe.
/// </summary>
internal sealed class ComputeLimiter : IDisposable
{
    private const double OverloadSeconds = 10;
    private const double BriefWaitSeconds = 0.05;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly FairQueue queue = new();
    private readonly Queue<Waiter> resuming = new();
    private readonly ReturnSchedule returns = new();
    private readonly PermitPool pool;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly int queueLength;
    private readonly double queueSeconds;
    private double overloadedUntil = double.NegativeInfinity;

    /// <summary>Creates a limiter.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="clock">The clock.</param>
    public ComputeLimiter(IOptions<BackpropLimits> limits, TimeProvider clock)
    {
        this.clock = clock;
        (queueLength, queueSeconds) = (limits.Value.QueueLength, limits.Value.QueueSeconds);
        pool = new PermitPool(this, limits.Value.Concurrency, clock);
        timer = clock.CreateTimer(_ => OnTick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of requests that compute.</summary>
    public int Running
    {
        get
        {
            lock (gate)
            {
                return pool.Count;
            }
        }
    }

    /// <summary>The number of requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return queue.Count + resuming.Count;
            }
        }
    }

    private double Now => clock.GetElapsedTime(0).TotalSeconds;

    /// <summary>Asks for a permit.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<Decision> AcquireAsync(string client, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            double now = Now;
            pool.Demote();
            GrantNext();

            // The remaining ones belong to clients that may not have another permit now.
            if (resuming.Count == 0 && pool.MayRun(client))
            {
                return ValueTask.FromResult(new Decision(pool.Grant(client), TimeSpan.Zero));
            }

            bool hasTurn = returns.Take(client, now);
            if (ExpectedWait(client, hasTurn, now) > Patience(hasTurn, now))
            {
                return ValueTask.FromResult(Reject(client, now));
            }

            if (queue.Count >= queueLength)
            {
                if (queue.Longest <= queue.CountOf(client) + 1)
                {
                    return ValueTask.FromResult(Reject(client, now));
                }

                Waiter dropped = queue.DropFromLongest();
                dropped.TryDecide(Reject(dropped.Client, now));
            }

            waiter = new Waiter(client, clock.GetTimestamp());
            queue.Enqueue(waiter);
            timer.Change(Tick, Tick);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>
    /// Reacquires the permit of a request that returned it to wait for something else; it is served before requests that wait for their first permit.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<Decision> ResumeAsync(string client, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            pool.Demote();
            if (resuming.Count == 0 && pool.HasFree)
            {
                return ValueTask.FromResult(new Decision(pool.Grant(client), TimeSpan.Zero));
            }

            waiter = new Waiter(client, clock.GetTimestamp());
            resuming.Enqueue(waiter);
            timer.Change(Tick, Tick);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Returns a permit and passes it on to the next waiting request.</summary>
    internal void Release(ComputeLease lease)
    {
        lock (gate)
        {
            pool.Return(lease);
            GrantNext();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private async ValueTask<Decision> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration leaving = cancellationToken.Register(() => Leave(waiter));
        Decision decision = await waiter.Decision;
        if (!cancellationToken.IsCancellationRequested)
        {
            return decision;
        }

        decision.Lease?.Dispose();
        throw new OperationCanceledException(cancellationToken);
    }

    private void Leave(Waiter waiter)
    {
        lock (gate)
        {
            queue.Remove(waiter);
        }

        waiter.TryDecide(default);
    }

    private void GrantNext()
    {
        while (pool.HasFree)
        {
            Waiter? next = resuming.TryDequeue(out Waiter? resumed) ? resumed : queue.Dequeue(pool.MayRun);
            if (next is null)
            {
                break;
            }

            ComputeLease lease = pool.Grant(next.Client);
            if (!next.TryDecide(new Decision(lease, TimeSpan.Zero)))
            {
                pool.Withdraw(lease);
            }
        }

        if (queue.Count + resuming.Count == 0)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    // Promised turns count as waiting requests.
    private double ExpectedWait(string client, bool hasTurn, double now)
    {
        double queued = (queue.Ahead(client) + resuming.Count + 1) * pool.Interval;
        return hasTurn ? queued : queued + (returns.Due(now, queued) * pool.Interval);
    }

    private double Patience(bool hasTurn, double now) =>
        hasTurn || now >= overloadedUntil ? queueSeconds : Math.Min(queueSeconds, Math.Max(BriefWaitSeconds, pool.HoldSeconds / 2));

    private Decision Reject(string client, double now)
    {
        bool begins = now >= overloadedUntil;
        overloadedUntil = now + OverloadSeconds;
        if (begins)
        {
            Shed(now);
        }

        return new Decision(null, TimeSpan.FromSeconds(returns.Give(client, now, pool.Interval)));
    }

    // Requests that would be served too late are rejected now rather than later.
    private void Shed(double now)
    {
        while (queue.Count * pool.Interval > Patience(hasTurn: false, now))
        {
            Waiter dropped = queue.DropFromLongest();
            dropped.TryDecide(Reject(dropped.Client, now));
        }
    }

    // The expected wait is an estimate; a request that has waited twice the longest allowed expectation is rejected.
    private void DropOverdue(double now)
    {
        long oldest = clock.GetTimestamp() - (long)(2 * queueSeconds * clock.TimestampFrequency);
        foreach (Waiter overdue in queue.TakeOlderThan(oldest))
        {
            overdue.TryDecide(Reject(overdue.Client, now));
        }
    }

    private void OnTick()
    {
        lock (gate)
        {
            double now = Now;
            pool.Demote();
            GrantNext();
            DropOverdue(now);
        }
    }
}

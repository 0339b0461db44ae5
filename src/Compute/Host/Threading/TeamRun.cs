using System.Runtime.ExceptionServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// A team's current work: threads take its items from a counter, in order. An item may have to wait until those before it are done: these have
/// already been taken, so a thread is working on them, and nothing waits for a thread that has not yet joined.
/// </summary>
internal sealed unsafe class TeamRun
{
    private PaddedNumber taken;
    private PaddedNumber done;
    private delegate*<void*, int, void> perform;
    private delegate*<void*, int, int> before;
    private void* work;
    private int items;
    private CancellationToken cancellationToken;
    private ExceptionDispatchInfo? failure;

    /// <summary>Sets up new work; no thread may still be working on the old one.</summary>
    /// <param name="work">The work, in memory that does not move until all threads have left.</param>
    /// <param name="perform">Does an item of it.</param>
    /// <param name="before">How many items must be done before an item; null if the items are independent.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="cancellationToken">Checked before each item.</param>
    public void Prepare(
        void* work, delegate*<void*, int, void> perform, delegate*<void*, int, int> before, int items, CancellationToken cancellationToken)
    {
        this.work = work;
        this.perform = perform;
        this.before = before;
        (this.items, this.cancellationToken) = (items, cancellationToken);
        (taken.Value, done.Value, failure) = (0, 0, null);
    }

    /// <summary>Takes items until there are none left; a failure ends the work on every thread and is kept.</summary>
    /// <param name="invitation">For the caller: the gate that wakes sleeping threads between items.</param>
    public void TakePart(WorkGate? invitation = null)
    {
        try
        {
            for (int item = Take(); item < items; item = Take())
            {
                if (before != null && !Await(before(work, item)))
                {
                    return;
                }

                cancellationToken.ThrowIfCancellationRequested();
                perform(work, item);
                if (before != null)
                {
                    Interlocked.Increment(ref done.Value);
                }

                invitation?.Remind();
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref taken.Value, items);
        }
    }

    /// <summary>Drops the work, which all threads have left, and throws the first failure of an item, if any.</summary>
    public void Finish()
    {
        ExceptionDispatchInfo? thrown = failure;
        work = null;
        (cancellationToken, failure) = (default, null);
        thrown?.Throw();
    }

    // The counter stops at the last item, so it cannot overflow.
    private int Take() => Volatile.Read(ref taken.Value) >= items ? items : (int)Interlocked.Increment(ref taken.Value) - 1;

    private bool Await(int count)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref done.Value) < count)
        {
            if (Volatile.Read(ref failure) is not null)
            {
                return false;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }
}

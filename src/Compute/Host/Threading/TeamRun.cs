using System.Runtime.ExceptionServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// The work that a team is at: threads take its items from a counter, in order. An item may have to wait until those before it are done:
/// they have been taken already, so a thread is at them, and nothing waits for a thread that has yet to come.
/// </summary>
internal sealed unsafe class TeamRun
{
    private PaddedNumber taken;
    private PaddedNumber done;
    private delegate*<void*, int, void> perform;
    private delegate*<void*, int, int> before;
    private void* work;
    private int items;
    private CancellationToken cancellation;
    private ExceptionDispatchInfo? failure;

    /// <summary>Sets up new work; nobody may be at the old one.</summary>
    /// <param name="work">The work, in memory that stays where it is until all threads have left.</param>
    /// <param name="perform">Does an item of it.</param>
    /// <param name="before">How many items must be done before an item; null where none need be.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="cancellation">Checked before each item.</param>
    public void Prepare(
        void* work, delegate*<void*, int, void> perform, delegate*<void*, int, int> before, int items, CancellationToken cancellation)
    {
        this.work = work;
        this.perform = perform;
        this.before = before;
        (this.items, this.cancellation) = (items, cancellation);
        (taken.Value, done.Value, failure) = (0, 0, null);
    }

    /// <summary>Takes items until there are none left; a failure ends the work on every thread and is kept.</summary>
    /// <param name="invitation">For the caller: what is reminded of sleepers between items.</param>
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

                cancellation.ThrowIfCancellationRequested();
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

    /// <summary>Forgets the work, which all have left, and throws what the first item that failed has thrown.</summary>
    public void Finish()
    {
        ExceptionDispatchInfo? thrown = failure;
        work = null;
        (cancellation, failure) = (default, null);
        thrown?.Throw();
    }

    // Beyond the last item the counter stands still: it cannot run over.
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

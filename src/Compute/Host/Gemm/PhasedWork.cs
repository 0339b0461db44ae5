using System.Runtime.ExceptionServices;

namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// Items that the caller and idle threads of the pool take one by one, in order. An item may have to wait until those before it are done: they
/// have been taken already, so a thread is at them, and nothing waits for a thread that the pool has yet to give.
/// </summary>
/// <param name="items">The number of items.</param>
/// <param name="cancellation">Checked before each item.</param>
internal abstract class PhasedWork(int items, CancellationToken cancellation) : IThreadPoolWorkItem
{
    private int taken;
    private int finished;
    private int working;
    private Exception? failure;

    /// <summary>Takes part: what the pool calls.</summary>
    public void Execute()
    {
        Interlocked.Increment(ref working);
        try
        {
            for (int item = Take(); item < items; item = Take())
            {
                if (!Await(Before(item)))
                {
                    break;
                }

                cancellation.ThrowIfCancellationRequested();
                Do(item);
                Interlocked.Increment(ref finished);
            }
        }
        catch (Exception exception)
        {
            Volatile.Write(ref failure, exception);
            Volatile.Write(ref taken, items);
        }

        Interlocked.Decrement(ref working);
    }

    /// <summary>Does all the items on at most so many threads and returns when no thread is at them any more.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    protected void Run(int threads)
    {
        for (int helper = 1; helper < Math.Min(threads, items); helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        Execute();
        SpinWait spin = default;
        while (Volatile.Read(ref working) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (failure is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>The first item that need not be done before this one can begin.</summary>
    protected abstract int Before(int item);

    /// <summary>Does an item.</summary>
    protected abstract void Do(int item);

    // Beyond the last item the counter stands still: it cannot run over.
    private int Take() => Volatile.Read(ref taken) >= items ? items : Interlocked.Increment(ref taken) - 1;

    private bool Await(int count)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref finished) < count)
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

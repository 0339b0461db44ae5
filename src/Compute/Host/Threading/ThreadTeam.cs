using System.Runtime.CompilerServices;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// Threads that take items of a caller's work. If they are awake, they start within about a microsecond and without an allocation. They spin briefly
/// after each work, then sleep, and are woken when a caller needs them. The team does one work at a time; a caller that finds it busy, with another
/// request's work or its own, does all items itself: so callers never wait for the team, and no more threads compute than there are callers and
/// cores.
/// </summary>
/// <param name="others">The threads besides the caller's; they start with the first work.</param>
/// <param name="inBackground">Whether they have the priority of computations that no request waits for.</param>
internal sealed unsafe class ThreadTeam(int others, bool inBackground = false)
{
    private static readonly ThreadTeam Foreground = new(Environment.ProcessorCount - 1);
    private static readonly ThreadTeam Background = new(Environment.ProcessorCount - 1, inBackground: true);


    private readonly TeamRun run = new();
    private readonly WorkGate invitation = new();
    private bool started;
    private int owned;

    /// <summary>The team for the current thread: including the caller, one thread per core. Computations in the background have one of their own,
    /// so that they neither take the threads of requests nor get ahead of them.</summary>
    public static ThreadTeam Current => ComputeThread.IsBackground ? Background : Foreground;

    /// <summary>The threads that can share a work, the caller's included.</summary>
    public int Size => others + 1;

    /// <summary>
    /// Does all items on at most <paramref name="threads"/> threads, this one included; on return all items are done, or none is started any more.
    /// </summary>
    /// <param name="work">The work; it is copied once, and the threads share the copy.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Checked before each item.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled. An exception of an item reaches the caller, too, but only the first
    /// one.</exception>
    public void Run<TWork>(in TWork work, int items, int threads, CancellationToken cancellationToken)
        where TWork : struct, IWork
    {
        TWork own = work;
        Run(Unsafe.AsPointer(ref own), &Perform<TWork>, null, items, threads, cancellationToken);
    }

    /// <summary>The same for items that wait for earlier ones.</summary>
    public void RunPhased<TWork>(in TWork work, int items, int threads, CancellationToken cancellationToken)
        where TWork : struct, IPhasedWork
    {
        TWork own = work;
        Run(Unsafe.AsPointer(ref own), &Perform<TWork>, &Before<TWork>, items, threads, cancellationToken);
    }

    private static void Perform<TWork>(void* work, int item)
        where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Do(item);

    private static int Before<TWork>(void* work, int item)
        where TWork : struct, IPhasedWork => Unsafe.AsRef<TWork>(work).Before(item);

    // The work is on the caller's stack, where it stays until every thread has left.
    private void Run(
        void* work, delegate*<void*, int, void> perform, delegate*<void*, int, int> before, int items, int threads,
            CancellationToken cancellationToken)
    {
        int indices = Math.Min(Math.Min(items, threads) - 1, others);
        if (indices <= 0 || Interlocked.CompareExchange(ref owned, 1, 0) != 0)
        {
            Alone(work, perform, items, cancellationToken);
            return;
        }

        try
        {
            Start();
            run.Prepare(work, perform, before, items, cancellationToken);
            invitation.Open(indices);
            run.TakePart(invitation);
            invitation.Close();
            run.Finish();
        }
        finally
        {
            Volatile.Write(ref owned, 0);
        }
    }

    private static void Alone(void* work, delegate*<void*, int, void> perform, int items, CancellationToken cancellationToken)
    {
        for (int item = 0; item < items; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            perform(work, item);
        }
    }

    private void Start()
    {
        if (started)
        {
            return;
        }

        started = true;
        for (int i = 0; i < others; i++)
        {
            if (inBackground)
            {
                ComputeThread.StartInBackground($"Backprop background {i + 1}", Serve);
            }
            else
            {
                ComputeThread.Start($"Backprop team {i + 1}", Serve);
            }
        }
    }

    private void Serve()
    {
        for (uint last = 0; ;)
        {
            last = invitation.Accept(last);
            run.TakePart();
            invitation.Leave();
        }
    }
}

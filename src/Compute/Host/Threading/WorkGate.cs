using System.Diagnostics;

namespace Backprop.Compute.Host.Threading;

/// <summary>
/// Admission of threads to a work. The whole state is one number: which work it is, whether it is open, how many threads may still join, how many are
/// working. A thread that arrives after closing is turned away and is not waited for. Waking a thread can take longer than a small work, so the
/// caller does it only after it has worked alone for about as long.
/// </summary>
internal sealed class WorkGate
{
    private const long Member = 1, Slot = 1 << 16, Opened = 1L << 31, AllMembers = Slot - Member, AllSlots = Opened - Slot;
    private const int NumberShift = 32;

    // Several works usually follow each other within microseconds. A virtual machine takes some 30 µs to wake an idle core.
    private static readonly long AwakeTicks = Stopwatch.Frequency / 20_000;
    private static readonly long AloneTicks = Stopwatch.Frequency / 33_000;

    private readonly SemaphoreSlim bed = new(0);
    private PaddedNumber state;
    private PaddedNumber asleep;
    private long aloneSince;
    private long closed;

    /// <summary>Opens the gate for the given number of threads.</summary>
    public void Open(int indices)
    {
        long number = (state.Value >>> NumberShift) + 1;
        Interlocked.Exchange(ref state.Value, (number << NumberShift) | Opened | (indices * Slot));
        if (Volatile.Read(ref asleep.Value) > 0)
        {
            long now = Stopwatch.GetTimestamp();
            aloneSince = now - closed > AwakeTicks ? now : aloneSince + now - closed;
            Remind();
        }
    }

    /// <summary>Wakes sleeping threads if they have been missing for long; the caller checks between items.</summary>
    public void Remind()
    {
        if (Volatile.Read(ref asleep.Value) > 0 && Stopwatch.GetTimestamp() - aloneSince >= AloneTicks)
        {
            Wake((int)((Volatile.Read(ref state.Value) & AllSlots) / Slot));
        }
    }

    /// <summary>Closes the gate and waits until all threads have left.</summary>
    public void Close()
    {
        Interlocked.And(ref state.Value, ~Opened);
        SpinWait spin = default;
        while ((Volatile.Read(ref state.Value) & AllMembers) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (Volatile.Read(ref asleep.Value) > 0)
        {
            closed = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Waits for a work other than the last one and joins it.</summary>
    /// <param name="last">The number of the last work; initially 0.</param>
    /// <returns>The work's number.</returns>
    public uint Accept(uint last)
    {
        long until = Stopwatch.GetTimestamp() + AwakeTicks;
        while (true)
        {
            long current = Volatile.Read(ref state.Value);
            if (Invites(current, last))
            {
                if (Interlocked.CompareExchange(ref state.Value, current - Slot + Member, current) == current)
                {
                    return Number(current);
                }
            }
            else if (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Sleep(last);
                until = Stopwatch.GetTimestamp() + AwakeTicks;
            }
        }
    }

    /// <summary>Leaves the work.</summary>
    public void Leave() => Interlocked.Decrement(ref state.Value);

    private static uint Number(long state) => (uint)(state >>> NumberShift);

    private static bool Invites(long state, uint last) => (state & Opened) != 0 && (state & AllSlots) != 0 && Number(state) != last;

    private void Sleep(uint last)
    {
        Interlocked.Increment(ref asleep.Value);
        if (!Invites(Volatile.Read(ref state.Value), last) || TakeSleepers(1) == 0)
        {
            bed.Wait();
        }
    }

    private void Wake(int most)
    {
        int woken = TakeSleepers(most);
        if (woken > 0)
        {
            bed.Release(woken);
            aloneSince = Stopwatch.GetTimestamp();
        }
    }

    // A thread that takes a sleeper off the list wakes it, unless it is the sleeper itself.
    private int TakeSleepers(int most)
    {
        while (true)
        {
            long sleepers = Volatile.Read(ref asleep.Value);
            int taken = (int)Math.Min(sleepers, most);
            if (taken == 0 || Interlocked.CompareExchange(ref asleep.Value, sleepers - taken, sleepers) == sleepers)
            {
                return taken;
            }
        }
    }
}

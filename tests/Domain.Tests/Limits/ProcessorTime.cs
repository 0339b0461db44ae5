using System.Runtime.InteropServices;

namespace Backprop.Domain.Tests.Limits;

/// <summary>The processor time of the calling thread, which, unlike elapsed time, excludes other programs.</summary>
internal static class ProcessorTime
{
    private const int Thread = 3;

    private static TimeSpan Now(int clock)
    {
        if (!OperatingSystem.IsLinux())
        {
            return System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
        }

        ClockGetTime(clock, out Time time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    /// <summary>The time of a run.</summary>
    public static TimeSpan Of(Action work)
    {
        TimeSpan start = Now(Thread);
        work();
        return Now(Thread) - start;
    }

    /// <summary>The clock of the calling thread, which any other thread may read.</summary>
    public static Func<TimeSpan> OfThisThread()
    {
        int clock = Thread;
        if (OperatingSystem.IsLinux())
        {
            GetThreadClock(ThreadSelf(), out clock);
        }

        return () => Now(clock);
    }

    [DllImport("libc", EntryPoint = "pthread_self")]
    private static extern nuint ThreadSelf();

    [DllImport("libc", EntryPoint = "pthread_getcpuclockid")]
    private static extern int GetThreadClock(nuint thread, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

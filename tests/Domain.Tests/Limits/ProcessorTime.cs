using System.Runtime.InteropServices;

namespace Backprop.Domain.Tests.Limits;

/// <summary>What the calling thread took of the processor: other programs do not count, as they would in elapsed time.</summary>
internal static class ProcessorTime
{
    private const int Thread = 3;

    private static TimeSpan Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
        }

        ClockGetTime(Thread, out Time time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    /// <summary>The time of a run.</summary>
    public static TimeSpan Of(Action work)
    {
        TimeSpan start = Now();
        work();
        return Now() - start;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

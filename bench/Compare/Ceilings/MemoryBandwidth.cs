using System.Diagnostics;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Ceilings;

/// <summary>The memory bandwidth: all cores copy vectors larger than the caches.</summary>
internal static class MemoryBandwidth
{
    private const int Length = 1 << 23;

    /// <summary>The milliseconds for reading or writing this many bytes.</summary>
    public static Candidate Candidate(double bytes) => new("memory bandwidth", seconds => bytes / Rate(seconds) * 1e3);

    // Bytes per second, read and written.
    private static double Rate(double seconds)
    {
        int threads = Environment.ProcessorCount;
        double[] rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] team = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            double[] from = new double[Length / threads];
            double[] to = new double[Length / threads];
            from.AsSpan().Fill(1);
            to.AsSpan().Fill(2);
            start.SignalAndWait();
            rates[i] = OneCore(from, to, seconds);
        }))];
        Array.ForEach(team, thread => thread.Start());
        Array.ForEach(team, thread => thread.Join());
        return rates.Sum();
    }

    private static double OneCore(double[] from, double[] to, double seconds)
    {
        long begin = Stopwatch.GetTimestamp();
        long copies = 0;
        do
        {
            from.CopyTo(to, 0);
            copies++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);

        return copies * 2.0 * sizeof(double) * from.Length / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}

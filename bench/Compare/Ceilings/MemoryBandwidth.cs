using System.Diagnostics;
using Backprop.Compare.Matches;

namespace Backprop.Compare.Ceilings;

/// <summary>What memory lets through: all cores copy vectors that no cache holds.</summary>
internal static class MemoryBandwidth
{
    private const int Length = 1 << 23;

    /// <summary>The milliseconds in which that many bytes are read or written.</summary>
    public static Candidate Candidate(double bytes) => new("memory bandwidth", seconds => bytes / Rate(seconds) * 1e3);

    // Bytes a second, read and written ones.
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

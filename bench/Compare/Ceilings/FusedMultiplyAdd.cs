using System.Diagnostics;
using System.Runtime.Intrinsics;
using Backprop.Compare.Comparisons;

namespace Backprop.Compare.Ceilings;

/// <summary>The peak float32 multiply-add rate of the machine: on all cores, from registers to registers.</summary>
internal static class FusedMultiplyAdd
{
    private const int Accumulators = 16;
    private const int Rounds = 100_000;

    private static float sink;

    /// <summary>The milliseconds for this many floating-point operations at that rate.</summary>
    public static Candidate Candidate(double flops) => new("multiply-add peak", seconds => flops / Rate(seconds) * 1e3);

    // Operations per second: the threads run for the same time, and the work of each is counted.
    private static double Rate(double seconds)
    {
        int threads = Environment.ProcessorCount;
        double[] rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] team = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            rates[i] = OneCore(seconds);
        }))];
        Array.ForEach(team, thread => thread.Start());
        Array.ForEach(team, thread => thread.Join());
        return rates.Sum();
    }

    private static double OneCore(double seconds)
    {
        long begin = Stopwatch.GetTimestamp();
        long rounds = 0;
        double flops;
        do
        {
            flops = Vector512.IsHardwareAccelerated ? Wide() : Narrow();
            rounds++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);

        return rounds * flops / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static double Wide()
    {
        var x = Vector512.Create(0.999f);
        var y = Vector512.Create(1e-3f);
        Vector512<float> a0 = x, a1 = x, a2 = x, a3 = x, a4 = x, a5 = x, a6 = x, a7 = x;
        Vector512<float> b0 = y, b1 = y, b2 = y, b3 = y, b4 = y, b5 = y, b6 = y, b7 = y;
        for (int i = 0; i < Rounds; i++)
        {
            a0 = Vector512.FusedMultiplyAdd(a0, x, y);
            a1 = Vector512.FusedMultiplyAdd(a1, x, y);
            a2 = Vector512.FusedMultiplyAdd(a2, x, y);
            a3 = Vector512.FusedMultiplyAdd(a3, x, y);
            a4 = Vector512.FusedMultiplyAdd(a4, x, y);
            a5 = Vector512.FusedMultiplyAdd(a5, x, y);
            a6 = Vector512.FusedMultiplyAdd(a6, x, y);
            a7 = Vector512.FusedMultiplyAdd(a7, x, y);
            b0 = Vector512.FusedMultiplyAdd(b0, x, y);
            b1 = Vector512.FusedMultiplyAdd(b1, x, y);
            b2 = Vector512.FusedMultiplyAdd(b2, x, y);
            b3 = Vector512.FusedMultiplyAdd(b3, x, y);
            b4 = Vector512.FusedMultiplyAdd(b4, x, y);
            b5 = Vector512.FusedMultiplyAdd(b5, x, y);
            b6 = Vector512.FusedMultiplyAdd(b6, x, y);
            b7 = Vector512.FusedMultiplyAdd(b7, x, y);
        }

        sink = Vector512.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7);
        return 2.0 * Accumulators * Vector512<float>.Count * Rounds;
    }

    private static double Narrow()
    {
        var x = Vector256.Create(0.999f);
        var y = Vector256.Create(1e-3f);
        Vector256<float> a0 = x, a1 = x, a2 = x, a3 = x, a4 = x, a5 = x;
        Vector256<float> b0 = y, b1 = y, b2 = y, b3 = y, b4 = y, b5 = y;
        for (int i = 0; i < Rounds; i++)
        {
            a0 = Vector256.FusedMultiplyAdd(a0, x, y);
            a1 = Vector256.FusedMultiplyAdd(a1, x, y);
            a2 = Vector256.FusedMultiplyAdd(a2, x, y);
            a3 = Vector256.FusedMultiplyAdd(a3, x, y);
            a4 = Vector256.FusedMultiplyAdd(a4, x, y);
            a5 = Vector256.FusedMultiplyAdd(a5, x, y);
            b0 = Vector256.FusedMultiplyAdd(b0, x, y);
            b1 = Vector256.FusedMultiplyAdd(b1, x, y);
            b2 = Vector256.FusedMultiplyAdd(b2, x, y);
            b3 = Vector256.FusedMultiplyAdd(b3, x, y);
            b4 = Vector256.FusedMultiplyAdd(b4, x, y);
            b5 = Vector256.FusedMultiplyAdd(b5, x, y);
        }

        sink = Vector256.Sum(a0 + a1 + a2 + a3 + a4 + a5 + b0 + b1 + b2 + b3 + b4 + b5);
        return 2.0 * 12 * Vector256<float>.Count * Rounds;
    }
}

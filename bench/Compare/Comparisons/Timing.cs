using System.Diagnostics;

namespace Backprop.Compare.Comparisons;

/// <summary>Times a repeated operation.</summary>
internal static class Timing
{
    private const double ShortestSampleMs = 0.1;
    private const int FewestSamples = 3;

    /// <summary>The median milliseconds of an operation, over about this many seconds; short ones are timed in batches.</summary>
    public static double Of(Action operation, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        operation();
        int repeat = Math.Max(1, (int)(ShortestSampleMs / Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        var samples = new List<double>();
        do
        {
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeat; i++)
            {
                operation();
            }

            samples.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds / repeat);
        }
        while (samples.Count < FewestSamples || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        return Median(samples);
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

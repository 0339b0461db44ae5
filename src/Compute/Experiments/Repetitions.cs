using System.Diagnostics;

namespace Backprop.Compute.Experiments;

/// <summary>Times a computation by its fastest run.</summary>
/// <param name="work">The computation.</param>
internal sealed class Repetitions(Action work)
{
    private const int WarmUps = 2;

    /// <summary>Milliseconds of the fastest run.</summary>
    public double Fastest { get; private set; } = double.PositiveInfinity;

    /// <summary>How often each computation runs in all.</summary>
    public static int Runs(int repetitions) => repetitions + WarmUps;

    /// <summary>
    /// Times computations that are compared: in rounds, each of which runs every one, so that they find the machine in the same state. The first
    /// rounds warm up.
    /// </summary>
    public static void Time(int repetitions, IReadOnlyList<Repetitions> compared)
    {
        for (int round = -WarmUps; round < repetitions; round++)
        {
            foreach (Repetitions one in compared)
            {
                one.Run(counts: round >= 0);
            }
        }
    }

    private void Run(bool counts)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Fastest = counts ? Math.Min(Fastest, elapsed) : Fastest;
    }
}

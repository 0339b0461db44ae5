using System.Diagnostics;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>Steps per second over the last seconds. Not safe for concurrent use.</summary>
/// <param name="first">The step at which the observation begins.</param>
internal sealed class StepRate(long first)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private readonly Queue<(long Time, long Step)> observed = new([(Stopwatch.GetTimestamp(), first)]);

    /// <summary>The rate after another observation; null as long as there is none.</summary>
    public double? Observe(long step)
    {
        // Steps that are done again after a restart do not count.
        if (step < observed.Peek().Step)
        {
            return null;
        }

        observed.Enqueue((Stopwatch.GetTimestamp(), step));
        while (Stopwatch.GetElapsedTime(observed.Peek().Time) > Window && observed.Count > 2)
        {
            observed.Dequeue();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(observed.Peek().Time);
        return elapsed < Shortest || step == observed.Peek().Step ? null : (step - observed.Peek().Step) / elapsed.TotalSeconds;
    }

    /// <summary>The rate over the whole run; null if it has no steps.</summary>
    public double? Whole(long step, double seconds) => step > 0 && seconds > 0 ? step / seconds : null;
}

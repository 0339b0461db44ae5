using System.Diagnostics;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Calibration;

/// <summary>Times plans of one input: the best of several runs, since other load on the machine can only add to it.</summary>
internal static class PlanTimer
{
    // The first may also compile kernels.
    private const int FewestRuns = 4;

    /// <summary>The seconds of the fastest run.</summary>
    /// <param name="run">Runs a plan, and returns when its outputs are computed.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="seconds">The time for which it is repeated, if that gives more runs than the fewest that are made.</param>
    public static double Best(Action<Plan, Tensor[]> run, Plan plan, double seconds = 0)
    {
        Tensor[] inputs = [Tensor.Filled(plan.Graph.Inputs[0].Type, 0.5)];
        double best = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < FewestRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            run(plan, inputs);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }
}

using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Calibration;

/// <summary>Measures the rates by which devices and the host are compared, with a handful of plans that any of them can run.</summary>
internal static class MachineCalibration
{
    private const int Launches = 64;
    private const int Elements = 1 << 20;
    private const int Passes = 16;
    private const int Side = 512;
    private const double Least = 1e-9;

    /// <summary>The rates of a machine.</summary>
    /// <param name="run">Runs a plan there, and returns when its outputs are back.</param>
    public static MachineRates Of(Action<Plan, Tensor[]> run)
    {
        var plans = new CalibrationPlans(PlanTarget.Device);
        double nothing = Chain(1, 1), launches = Chain(1, Launches);
        double once = Chain(Elements, 1), often = Chain(Elements, Passes);
        double product = PlanTimer.Best(run, plans.Square(DType.Float32, Side));
        double bytes = 2.0 * Elements * sizeof(float);
        return new MachineRates(
            Math.Max((launches - nothing) / (Launches - 1), Least),
            nothing,
            bytes / Math.Max(once - nothing, Least),
            Elements * (Passes - 1.0) / Math.Max(often - once, Least),
            2.0 * Side * Side * Side / Math.Max(product - nothing, Least));

        double Chain(int count, int length)
        {
            int made = 0;
            return PlanTimer.Best(
                run, plans.Chain(DType.Float32, count, length, (b, y, x) => made++ % 2 == 0 ? b.Tanh(y) : b.Mul(y, x)));
        }
    }
}

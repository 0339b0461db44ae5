using System.Diagnostics;
using Backprop.Compute.Compilation;
using Backprop.Domain.Graphs;
using Backprop.Domain.Graphs.Building;

namespace Backprop.Compute.Devices;

/// <summary>Measures the rates of an executor with a handful of small plans: the best of a few runs of each.</summary>
internal static class Measurement
{
    private const int Launches = 64;
    private const int Elements = 1 << 20;
    private const int Passes = 16;
    private const int Side = 512;
    private const int Runs = 3;
    private const double LeastSeconds = 1e-9;

    /// <summary>The figures of an executor.</summary>
    public static Calibration Of(Func<Plan, Tensor[], Tensor[]> run)
    {
        double nothing = Seconds(run, Chain(1, 1));
        double launches = Seconds(run, Chain(1, Launches));
        double once = Seconds(run, Chain(Elements, 1));
        double often = Seconds(run, Chain(Elements, Passes));
        double product = Seconds(run, Product());
        double bytes = 2.0 * Elements * sizeof(float);
        double launch = Math.Max((launches - nothing) / (Launches - 1), LeastSeconds);
        return new Calibration(
            launch,
            nothing,
            bytes / Math.Max(once - nothing, LeastSeconds),
            Elements * (Passes - 1.0) / Math.Max(often - once, LeastSeconds),
            2.0 * Side * Side * Side / Math.Max(product - nothing, LeastSeconds));
    }

    private static double Seconds(Func<Plan, Tensor[], Tensor[]> run, Plan plan)
    {
        Tensor[] inputs = [Tensor.Filled(plan.Graph.Inputs[0].Type, 0.5)];
        run(plan, inputs); // compiles and uploads
        double best = double.PositiveInfinity;
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run(plan, inputs);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static Plan Chain(int count, int length)
    {
        var b = new GraphBuilder();
        Node input = b.Input("x", new TensorType(DType.Float32, Shape.Of(count))), y = input;
        for (int i = 0; i < length; i++)
        {
            y = i % 2 == 0 ? b.Tanh(y) : b.Mul(y, input);
        }

        return Plan.Compile(new Graph([input], [new NamedNode("y", y)]), PlanTarget.Device);
    }

    private static Plan Product()
    {
        var b = new GraphBuilder();
        Node input = b.Input("x", new TensorType(DType.Float32, Shape.Of(Side, Side)));
        return Plan.Compile(new Graph([input], [new NamedNode("y", b.MatMul(input, input))]), PlanTarget.Device);
    }
}

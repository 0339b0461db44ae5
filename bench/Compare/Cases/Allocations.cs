using Backprop.Compare.Comparisons;
using Backprop.Compute.Engine;

namespace Backprop.Compare.Cases;

/// <summary>Garbage per hot gradient.</summary>
internal static class Allocations
{
    private const int WarmUps = 50;
    private const int Runs = 100;

    public static IEnumerable<Case> All =>
    [
        new Case("hot gradient of the MLP: bytes allocated beyond the answer", Target.AtMost(4096, "bytes"), Mlp),
    ];

    private static Comparison Mlp(BenchmarkContext context)
    {
        Func<Execution> run = Networks.Mlp(64, 784, 512, 512, 10).On(context.Engine);
        double bytes = BeyondAnswer(run);
        return new Comparison(Baseline.Ours(run), null) { Score = (_, _) => bytes };
    }

    private static double BeyondAnswer(Func<Execution> run)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            run();
        }

        long before = GC.GetTotalAllocatedBytes(true);
        for (int i = 0; i < Runs; i++)
        {
            run();
        }

        // The numbers of the answer are not included: their memory is reused from the previous run.
        return (GC.GetTotalAllocatedBytes(true) - before) / (double)Runs;
    }
}

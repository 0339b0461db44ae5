using Backprop.Compare.Matches;
using Backprop.Compute.Engine;

namespace Backprop.Compare.Cases;

/// <summary>What a hot gradient leaves for the garbage collector.</summary>
internal static class Allocations
{
    private const int WarmUps = 50;
    private const int Runs = 100;

    public static IEnumerable<Case> All =>
    [
        new Case("hot gradient of the MLP: bytes allocated beyond the answer", Goal.AtMost(4096, "bytes"), Mlp),
    ];

    private static Match Mlp(BenchmarkContext arena)
    {
        Func<Execution> run = Networks.Mlp(64, 784, 512, 512, 10).On(arena.Engine);
        double bytes = BeyondAnswer(run);
        return new Match(Baseline.Ours(run), null) { Score = (_, _) => bytes };
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

        // The numbers of the answer are not among them: they lie in memory that the run before gave back.
        return (GC.GetTotalAllocatedBytes(true) - before) / (double)Runs;
    }
}

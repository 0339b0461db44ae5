using Backprop.Compare.Candidates;
using Backprop.Compare.Ceilings;
using Backprop.Compare.Comparisons;
using Backprop.Compute.Engine;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>The graph (a·b + c)², at one point and at very many.</summary>
internal static class Seeds
{
    private const int Points = 1_000_000;

    public static IEnumerable<Case> All =>
    [
        new Case("(a·b + c)², value and gradient", Target.AtLeast(50), context => Baseline.Torch(At(), context)),
        new Case("(a·b + c)² over a batch of 1M points, million gradients per second", Target.AtLeast(100, "M/s"), Batch),
    ];

    // Three inputs are read; the value, three gradients and their norm are written.
    private static Comparison Batch(BenchmarkContext context)
    {
        const double Bytes = 8.0 * sizeof(double) * Points;
        Problem problem = At(Points) with { Batch = ["a", "b", "c"] };
        Func<Execution> run = problem.On(context.Engine);
        RequireRight(problem, run());
        return new Comparison(Baseline.Ours(run), MemoryBandwidth.Candidate(Bytes)) { Score = (ours, _) => Points / ours / 1e3 };
    }

    private static void RequireRight(Problem problem, Execution execution)
    {
        double[] a = Doubles("a"), b = Doubles("b"), c = Doubles("c");
        double[] e = [.. a.Select((_, i) => (a[i] * b[i]) + c[i])];
        Agreement.Require(
            problem.Answer(execution),
            [[.. e.Select(x => x * x)], [.. e.Select((x, i) => 2 * x * b[i])], [.. e.Select((x, i) => 2 * x * a[i])], [.. e.Select(x => 2 * x)]]);

        double[] Doubles(string name) => problem.Inputs[name].Values<double>().ToArray();
    }

    /// <summary>The graph at one point, or at those of a shape.</summary>
    public static Problem At(params int[] dims) => new(
        "seed",
        "d = a*b; e = d + c; L = e^2",
        new Dictionary<string, Tensor>
        {
            ["a"] = Values.Normal(DType.Float64, 1, 1, dims),
            ["b"] = Values.Normal(DType.Float64, 2, 1, dims),
            ["c"] = Values.Normal(DType.Float64, 3, 1, dims),
        },
        ["a", "b", "c"]);
}

using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>A chain of elementwise functions and the sum at its end.</summary>
internal static class Elementwise
{
    private const int Length = 1_000_000;

    public static IEnumerable<Case> All =>
    [
        new Case("exp(-x²)·sin(x) summed, 1M float32, value and gradient", Target.AtLeast(3), context => Baseline.Torch(Wave(DType.Float32, Length), context)),
        new Case("exp(-x²)·sin(x) summed, 1M float64, value and gradient", Target.AtLeast(2), context => Baseline.Torch(Wave(DType.Float64, Length), context)),
    ];

    /// <summary>The sum of exp(-x²)·sin(x) over this many x.</summary>
    public static Problem Wave(DType dtype, int length) => new(
        "wave", "L = sum(exp(-x^2) * sin(x))", new Dictionary<string, Tensor> { ["x"] = Values.Normal(dtype, 1, 1, length) }, ["x"]);
}

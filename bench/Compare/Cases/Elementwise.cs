using Backprop.Compare.Matches;
using Backprop.Compare.Ours;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>A chain of elementwise functions and the sum at its end.</summary>
internal static class Elementwise
{
    public static IEnumerable<Case> All =>
    [
        new Case("exp(-x²)·sin(x) summed, 1M float32, value and gradient", Goal.AtLeast(3), arena => Against.Torch(Wave(DType.Float32), arena)),
        new Case("exp(-x²)·sin(x) summed, 1M float64, value and gradient", Goal.AtLeast(2), arena => Against.Torch(Wave(DType.Float64), arena)),
    ];

    private static Problem Wave(DType dtype) => new(
        "wave", "L = sum(exp(-x^2) * sin(x))", new Dictionary<string, Tensor> { ["x"] = Values.Normal(dtype, 1, 1, 1_000_000) }, ["x"]);
}

using Backprop.Compare.Candidates;
using Backprop.Compare.Ceilings;
using Backprop.Compare.Comparisons;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Cases;

/// <summary>Products of square matrices.</summary>
internal static class MatrixProducts
{
    public static IEnumerable<Case> All =>
    [
        .. new[] { 512, 1024, 2048 }.Select(size =>
            new Case($"matrix product {size} float32, share of the multiply-add peak", Target.AtLeast(0.85, "%"), context => AgainstPeak(size, context))),
        new Case("matrix product 1024 float32", Target.AtLeast(0.95), context => Baseline.Torch(Product(DType.Float32, 1024), context)),
        new Case("matrix product 1024 float64", Target.AtLeast(0.95), context => Baseline.Torch(Product(DType.Float64, 1024), context)),
    ];

    private static Comparison AgainstPeak(int size, BenchmarkContext context)
    {
        Comparison match = Baseline.Torch(Product(DType.Float32, size), context);
        return match with { Peer = FusedMultiplyAdd.Candidate(2.0 * size * size * size), Others = match.Peer is { } torch ? [torch] : [] };
    }

    /// <summary>The product of two square matrices.</summary>
    public static Problem Product(DType dtype, int size) => new(
        "matrix_product",
        "c = a @ b",
        new Dictionary<string, Tensor> { ["a"] = Values.Normal(dtype, 1, 1, size, size), ["b"] = Values.Normal(dtype, 2, 1, size, size) },
        null);
}

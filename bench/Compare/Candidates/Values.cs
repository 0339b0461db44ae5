using Backprop.Domain.Graphs;

namespace Backprop.Compare.Candidates;

/// <summary>Deterministic values of inputs.</summary>
internal static class Values
{
    /// <summary>Normally distributed numbers.</summary>
    public static Tensor Normal(DType dtype, int seed, double deviation, params int[] dims)
    {
        var random = new Random(seed);
        double[] values = new double[dims.Aggregate(1, (product, dim) => product * dim)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        var shape = Shape.Of(dims);
        return dtype == DType.Float64 ? Tensor.Of(values, shape) : Tensor.Of(Array.ConvertAll(values, value => (float)value), shape);
    }

    /// <summary>Whole numbers below <paramref name="limit"/>.</summary>
    public static Tensor Labels(int seed, int count, int limit)
    {
        var random = new Random(seed);
        return Tensor.Vector([.. Enumerable.Range(0, count).Select(_ => random.NextInt64(limit))]);
    }
}

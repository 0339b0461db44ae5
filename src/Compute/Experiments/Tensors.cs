using Backprop.Domain.Graphs;
using Backprop.Domain.Sampling;

namespace Backprop.Compute.Experiments;

/// <summary>Tensors of random numbers, and arithmetic on tensors of either float type.</summary>
internal static class Tensors
{
    /// <summary>Independent normal numbers with mean 0.</summary>
    public static Tensor Normal(SeededGenerator random, DType dtype, double deviation, params ReadOnlySpan<int> extents) =>
        Filled(dtype, Shape.Of(extents), () => deviation * random.Normal());

    /// <summary>Independent numbers, evenly spread from −1 to 1.</summary>
    public static Tensor Uniform(SeededGenerator random, DType dtype, params ReadOnlySpan<int> extents) =>
        Filled(dtype, Shape.Of(extents), () => (2 * random.Unit()) - 1);

    /// <summary>A square matrix whose rows are orthogonal, of the same length, and of random direction (Gram and Schmidt).</summary>
    public static Tensor Orthogonal(SeededGenerator random, double length, int size)
    {
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++)
        {
            double[] row = [.. Enumerable.Range(0, size).Select(_ => random.Normal())];
            foreach (double[] other in rows.Take(i))
            {
                double along = row.Zip(other, (a, b) => a * b).Sum();
                row = [.. row.Zip(other, (a, b) => a - (along * b))];
            }

            double norm = Norm(row);
            rows[i] = [.. row.Select(element => element / norm)];
        }

        return Tensor.Of([.. rows.SelectMany(row => row.Select(element => length * element))], Shape.Of(size, size));
    }

    /// <summary>A tensor whose elements are made one after the other.</summary>
    public static Tensor Filled(DType dtype, Shape shape, Func<double> next)
    {
        Tensor tensor = Tensor.Zeros(new TensorType(dtype, shape));
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor[i] = next();
        }

        return tensor;
    }

    /// <summary>Subtracts a multiple of another tensor.</summary>
    public static void Subtract(Tensor target, double factor, Tensor other)
    {
        for (int i = 0; i < target.Count; i++)
        {
            target[i] -= factor * other[i];
        }
    }

    /// <summary>The 2-norm; scaled, so that it overflows only if an element does.</summary>
    public static double Norm(Tensor tensor) => Norm(Enumerable.Range(0, tensor.Count).Select(i => tensor[i]));

    /// <inheritdoc cref="Norm(Tensor)"/>
    public static double Norm(IEnumerable<double> elements)
    {
        double[] all = [.. elements];
        double largest = all.Length == 0 ? 0 : all.Max(Math.Abs);
        return largest == 0 || !double.IsFinite(largest)
            ? largest
            : largest * Math.Sqrt(all.Sum(element => element / largest * (element / largest)));
    }
}

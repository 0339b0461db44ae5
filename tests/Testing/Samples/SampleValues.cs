using Backprop.Domain.Graphs;

namespace Backprop.Testing.Samples;

/// <summary>The notation of samples. Values are spread evenly over a range in a mixed order: none is zero, no two of one shape are equal.</summary>
internal static class SampleValues
{
    private static readonly double[] Offsets = [0.31, 0.69, 0.17, 0.83];

    public static Sample Of(string op, string form, Argument[] arguments, params (string Name, AttributeValue Value)[] attributes) =>
        new(op, form, arguments, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));

    public static Tensor X(params int[] dims) => Spread(-2, 2, 0, dims);

    public static Tensor Y(params int[] dims) => Spread(-2, 2, 1, dims);

    public static Tensor Z(params int[] dims) => Spread(-2, 2, 2, dims);

    /// <summary>Positive.</summary>
    public static Tensor P(params int[] dims) => Spread(0.4, 2.4, 0, dims);

    /// <summary>Positive, but different.</summary>
    public static Tensor Q(params int[] dims) => Spread(0.4, 2.4, 1, dims);

    /// <summary>Between −1 and 1.</summary>
    public static Tensor U(params int[] dims) => Spread(-0.9, 0.9, 0, dims);

    public static Tensor Spread(double low, double high, int salt, params int[] dims)
    {
        var shape = Shape.Of(dims);
        int n = (int)shape.Count;
        int stride = new[] { 7, 5, 11, 13, 1 }.First(s => n % s != 0 || s == 1);
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = low + ((high - low) * ((((i * stride) + salt) % n) + Offsets[salt]) / n);
        }

        return Tensor.Of(values, shape);
    }

    public static Tensor F(double[] values, params int[] dims) => Tensor.Of(values, dims.Length == 0 ? Shape.Of(values.Length) : Shape.Of(dims));

    public static Tensor I(long[] values, params int[] dims) => Tensor.Of(values, dims.Length == 0 ? Shape.Of(values.Length) : Shape.Of(dims));

    public static Tensor B(bool[] values, params int[] dims) => Tensor.Of(values, dims.Length == 0 ? Shape.Of(values.Length) : Shape.Of(dims));

    public static Tensor S(long value) => Tensor.Scalar(value);
}

namespace Backprop.Client.Values;

public sealed partial class TensorValue
{
    /// <summary>A number.</summary>
    public static implicit operator TensorValue(double value) => new(new[] { value }, [], null, ValueEncoding.Nested);

    /// <summary>A vector.</summary>
    public static implicit operator TensorValue(double[] values) => Of(values);

    /// <summary>A matrix.</summary>
    public static implicit operator TensorValue(double[,] values) => Of(
        [.. values.Cast<double>()], values.GetLength(0), values.GetLength(1));

    /// <summary>A truth value.</summary>
    public static implicit operator TensorValue(bool value) => new(new[] { value }, [], ElementType.Bool, ValueEncoding.Nested);

    /// <summary>A vector of float32 numbers.</summary>
    public static implicit operator TensorValue(float[] values) => Of(values);

    /// <summary>A matrix of float32 numbers.</summary>
    public static implicit operator TensorValue(float[,] values) => Of(
        [.. values.Cast<float>()], values.GetLength(0), values.GetLength(1));

    /// <summary>A vector of int64 numbers.</summary>
    public static implicit operator TensorValue(long[] values) => Of(values);

    /// <summary>A vector of int64 numbers.</summary>
    public static implicit operator TensorValue(int[] values) => Of(Array.ConvertAll(values, value => (long)value));

    /// <summary>A vector of truth values.</summary>
    public static implicit operator TensorValue(bool[] values) => Of(values);

    /// <summary>Numbers of no stated type in row-major order; a vector if no shape is given.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data.</exception>
    public static TensorValue Of(double[] data, params int[] shape) => Of(data, shape, null);

    /// <summary>float32 numbers in row-major order; a vector if no shape is given. The type is stated in the forms flat and base64.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data.</exception>
    public static TensorValue Of(float[] data, params int[] shape) => Of(data, shape, ElementType.Float32);

    /// <summary>int64 numbers in row-major order; a vector if no shape is given. The type is stated in the forms flat and base64.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data.</exception>
    public static TensorValue Of(long[] data, params int[] shape) => Of(data, shape, ElementType.Int64);

    /// <summary>Booleans in row-major order; a vector if no shape is given.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data.</exception>
    public static TensorValue Of(bool[] data, params int[] shape) => Of(data, shape, ElementType.Bool);

    /// <summary>
    /// A value of any rank over <paramref name="data"/> (<c>double[]</c>, <c>float[]</c>, <c>long[]</c> or <c>bool[]</c>), which it keeps.
    /// </summary>
    /// <param name="data">The elements in row-major order.</param>
    /// <param name="shape">The extents; empty for a number.</param>
    /// <param name="encoding">The form in which it is written, with the element type of <paramref name="data"/>.</param>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data, or the data have another type.</exception>
    public static TensorValue Of(Array data, ReadOnlySpan<long> shape, ValueEncoding encoding)
    {
        ElementType dtype = data switch
        {
            double[] => ElementType.Float64,
            float[] => ElementType.Float32,
            long[] => ElementType.Int64,
            bool[] => ElementType.Bool,
            _ => throw new ArgumentException($"A tensor cannot hold {data.GetType()}.", nameof(data)),
        };
        return new TensorValue(data, Checked(shape, data.Length), dtype, encoding);
    }

    private static TensorValue Of(Array data, int[] shape, ElementType? dtype)
    {
        long[] extents = shape.Length == 0 ? [data.Length] : Array.ConvertAll(shape, extent => (long)extent);
        return new TensorValue(data, Checked(extents, data.Length), dtype, ValueEncoding.Nested);
    }

    private static long[] Checked(ReadOnlySpan<long> shape, int elements)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            count = checked(count * extent);
        }

        return count == elements
            ? shape.ToArray()
            : throw new ArgumentException($"{elements} elements do not match the shape [{string.Join(',', shape.ToArray())}].", nameof(shape));
    }
}

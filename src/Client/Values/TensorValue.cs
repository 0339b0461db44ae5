using System.Text.Json.Serialization;

namespace Backprop.Client.Values;

/// <summary>
/// A tensor as it is sent: a number, nested arrays, <c>{"shape","dtype","data"}</c> (row-major) or
/// <c>{"shape","dtype","base64"}</c> (little-endian). Non-finite numbers are the strings "NaN", "Infinity" and "-Infinity".
/// </summary>
[JsonConverter(typeof(TensorValueConverter))]
public sealed partial class TensorValue
{
    private readonly long[] shape;

    internal TensorValue(Array data, long[] shape, ElementType? dtype, ValueEncoding encoding)
    {
        Data = data;
        this.shape = shape;
        DType = dtype;
        Encoding = encoding;
    }

    /// <summary>The extents, outermost first; empty for a number.</summary>
    public ReadOnlySpan<long> Shape => shape;

    /// <summary>The element type that the value states, or null if the declaration or the request determines it.</summary>
    public ElementType? DType { get; }

    /// <summary>The form in which it was read and is written.</summary>
    public ValueEncoding Encoding { get; }

    /// <summary>
    /// The elements in row-major order, exactly as many as the shape has: a <c>double[]</c>, <c>float[]</c>, <c>long[]</c> or <c>bool[]</c> of the
    /// stated type. If none is stated: <c>bool[]</c> for booleans, <c>long[]</c> for whole numbers if one exceeds 2⁵³ (so that no digit is lost),
    /// otherwise <c>double[]</c>. Shared; do not modify.
    /// </summary>
    public Array Data { get; }

    /// <summary>The stated element type, otherwise that of <see cref="Data"/>.</summary>
    public ElementType ElementType => DType ?? Data switch
    {
        double[] => ElementType.Float64,
        float[] => ElementType.Float32,
        long[] => ElementType.Int64,
        _ => ElementType.Bool,
    };

    /// <summary>The same value, written in another form.</summary>
    public TensorValue In(ValueEncoding encoding) => encoding == Encoding ? this : new TensorValue(Data, shape, DType, encoding);

    /// <summary>The only element as a double (true is 1).</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public double AsDouble() => Data.Length == 1
        ? ToArray()[0]
        : throw new InvalidOperationException($"The value must have exactly one element; it has {Data.Length}.");

    /// <summary>The elements as doubles in row-major order (true is 1).</summary>
    public double[] ToArray() => Data switch
    {
        double[] values => [.. values],
        float[] values => Array.ConvertAll(values, value => (double)value),
        long[] values => Array.ConvertAll(values, value => (double)value),
        _ => Array.ConvertAll((bool[])Data, value => value ? 1.0 : 0.0),
    };
}

using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Export;

/// <summary>
/// Writes attributes. ONNX attributes have single precision, and programs read them either as they are or by their shortest decimal form.
/// </summary>
internal static class AttributeWriter
{
    /// <summary>The attribute, or null if a double-precision number would not round-trip.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isDouble">Whether the operator computes in double precision.</param>
    public static OnnxAttribute? Exact(string name, AttributeValue value, bool isDouble = false)
    {
        if (value.Texts is { } texts)
        {
            return value.IsList ? OnnxAttribute.Of(name, texts) : OnnxAttribute.Of(name, texts[0]);
        }

        Tensor numbers = value.Numbers!.Value;
        if (numbers.DType == DType.Int64)
        {
            return value.IsList ? OnnxAttribute.Of(name, numbers.ToIntegers()) : OnnxAttribute.Of(name, numbers.ToIntegers()[0]);
        }

        double[] doubles = numbers.Values<double>().ToArray();
        float[] singles = Array.ConvertAll(doubles, number => (float)number);
        bool comesBack = !isDouble || doubles.Zip(singles).All(pair => pair.First.Equals(pair.Second) && pair.First.Equals(Shortest(pair.Second)));
        return !comesBack ? null : value.IsList ? OnnxAttribute.Of(name, singles) : OnnxAttribute.Of(name, singles[0]);
    }

    // Programs write 0.1f when they mean 0.1.
    private static double Shortest(float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

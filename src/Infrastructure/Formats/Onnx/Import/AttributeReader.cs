using System.Globalization;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Formats.Onnx.Schema;

namespace Backprop.Infrastructure.Formats.Onnx.Import;

/// <summary>Maps attributes of a model to values of a definition.</summary>
internal static class AttributeReader
{
    /// <summary>
    /// The value of an attribute; null for tensors and graphs. Numbers in a file have single precision: each is read as the decimal number that was
    /// presumably meant (0.1, not 0.10000000149), and as the operator's default if it equals that.
    /// </summary>
    public static AttributeValue? Value(OnnxAttribute attribute, AttributeSpec? spec) => attribute.Type switch
    {
        AttributeType.Float => Decimal(attribute.Float, spec),
        AttributeType.Int => attribute.Int,
        AttributeType.String => attribute.String,
        AttributeType.Floats => attribute.Floats.Select(number => Decimal(number, null)).ToArray(),
        AttributeType.Ints => attribute.Ints.ToArray(),
        AttributeType.Strings => attribute.Strings.ToArray(),
        _ => null,
    };

    private static double Decimal(float number, AttributeSpec? spec)
    {
        if (spec is { Kind: AttributeKind.Number, Default.Numbers.Value: { } fallback } && (float)fallback[0] == number)
        {
            return fallback[0];
        }

        return double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Client.Json;

/// <summary>A double whose non-finite values are strings, and whose literals must not overflow.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => NumberToken.Read(ref reader).Value,
        JsonTokenType.String => NonFiniteLiterals.Read(ref reader),
        _ => throw new ContractException($"The value must be a number; got {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            NonFiniteLiterals.Write(writer, value);
        }
    }
}

/// <summary>A finite double, for settings of a request.</summary>
internal sealed class FiniteNumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
        ? NumberToken.Read(ref reader).Value
        : throw new ContractException($"The value must be a finite number; got {TokenNames.Of(reader.TokenType)}.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>
/// A count: a whole number in any notation (12, 12.0, 1.2e1). One beyond int64 is clamped to its range, which every rule for counts rejects.
/// </summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new ContractException($"The value must be a whole number; got {TokenNames.Of(reader.TokenType)}.");
        }

        NumberToken number = NumberToken.Read(ref reader);
        if (number.IsInteger)
        {
            return number.Integer;
        }

        return double.IsInteger(number.Value) ? ToInt64(number.Value) : throw new ContractException("The value must be a whole number.");
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static long ToInt64(double value) => value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)value;
}

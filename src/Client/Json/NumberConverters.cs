using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Client;

/// <summary>A double whose non-finite values are strings, and whose literals may not overflow.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => NumberToken.Read(ref reader).Value,
        JsonTokenType.String => NonFinite.Read(ref reader),
        _ => throw new ContractException($"A number is expected, not {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            NonFinite.Write(writer, value);
    }
}

/// <summary>A double that is finite: for what is set in a request.</summary>
internal sealed class FiniteNumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Number
        ? NumberToken.Read(ref reader).Value
        : throw new ContractException($"A finite number is expected, not {TokenNames.Of(reader.TokenType)}.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Graphs;

/// <summary>An extent of a declared shape: a number, or a name that the submitted values bind.</summary>
/// <param name="Size">The extent, if it is a number.</param>
/// <param name="Symbol">The name, if it is one.</param>
[JsonConverter(typeof(DimensionConverter))]
public readonly record struct DimensionContract(long Size, string? Symbol = null)
{
    /// <summary>A fixed extent.</summary>
    public static implicit operator DimensionContract(long size) => new(size);

    /// <summary>An extent that the values bind.</summary>
    public static implicit operator DimensionContract(string symbol) => new(0, symbol);
}

internal sealed class DimensionConverter : JsonConverter<DimensionContract>
{
    public override DimensionContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetInt64(out long size) => size,
        _ => throw new ContractException("An extent must be a whole number or a name."),
    };

    public override void Write(Utf8JsonWriter writer, DimensionContract value, JsonSerializerOptions options)
    {
        if (value.Symbol is null)
        {
            writer.WriteNumberValue(value.Size);
        }
        else
        {
            writer.WriteStringValue(value.Symbol);
        }
    }
}

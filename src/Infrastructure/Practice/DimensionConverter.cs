using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Domain.Graphs;

namespace Backprop.Infrastructure.Practice;

/// <summary>Extents as JSON: a number, or the name of a size.</summary>
internal sealed class DimensionConverter : JsonConverter<Dimension>
{
    /// <inheritdoc/>
    public override Dimension Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new Dimension(0, reader.GetString()),
        JsonTokenType.Number when reader.TryGetInt32(out int size) => new Dimension(size),
        _ => throw new JsonException("An extent is a whole number or the name of a size."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Dimension value, JsonSerializerOptions options)
    {
        if (value.Symbol is { } name)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteNumberValue(value.Size);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Graphs;

namespace Backprop.Client.Json;

/// <summary>An attribute as a number, a string, or an array of one of the two.</summary>
internal sealed class AttributeConverter : JsonConverter<AttributeContract>
{
    public override bool HandleNull => true;

    public override AttributeContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => AttributeContract.Of(LiteralNumber.Read(ref reader)),
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => throw new ContractException($"An attribute is a number, a text, or a list of either, not {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, AttributeContract value, JsonSerializerOptions options)
    {
        if (value.IsList)
            writer.WriteStartArray();
        foreach (LiteralNumber number in value.Numbers ?? [])
            number.Write(writer);
        foreach (string text in value.Texts ?? [])
            writer.WriteStringValue(text);
        if (value.IsList)
            writer.WriteEndArray();
    }

    private static AttributeContract ReadList(ref Utf8JsonReader reader)
    {
        var numbers = new List<LiteralNumber>();
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string place = $"[{numbers.Count + texts.Count}]";
            switch (reader.TokenType)
            {
                case JsonTokenType.Number when texts.Count == 0:
                    numbers.Add(LiteralNumber.Read(ref reader));
                    break;
                case JsonTokenType.String when numbers.Count == 0:
                    texts.Add(reader.GetString()!);
                    break;
                case JsonTokenType.Number or JsonTokenType.String:
                    throw new ContractException("Numbers and texts are mixed.", place);
                default:
                    throw new ContractException($"A number or a text is expected, not {TokenNames.Of(reader.TokenType)}.", place);
            }
        }

        return texts.Count > 0 ? AttributeContract.Of(texts) : AttributeContract.Of(numbers);
    }
}

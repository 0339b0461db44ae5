using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Graphs;

/// <summary>An attribute as a number, a string, or an array of either.</summary>
internal sealed class AttributeConverter : JsonConverter<AttributeContract>
{
    public override bool HandleNull => true;

    public override AttributeContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => AttributeContract.Of(LiteralNumber.Read(ref reader)),
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => throw new ContractException($"An attribute must be a number, a string, or a list of either; got {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, AttributeContract value, JsonSerializerOptions options)
    {
        if (value.IsList)
        {
            writer.WriteStartArray();
        }

        foreach (LiteralNumber number in value.Numbers ?? [])
        {
            number.Write(writer);
        }

        foreach (string text in value.Texts ?? [])
        {
            writer.WriteStringValue(text);
        }

        if (value.IsList)
        {
            writer.WriteEndArray();
        }
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
                    throw new ContractException("A list must not mix numbers and strings.", place);
                default:
                    throw new ContractException($"The value must be a number or a string; got {TokenNames.Of(reader.TokenType)}.", place);
            }
        }

        return texts.Count > 0 ? AttributeContract.Of(texts) : AttributeContract.Of(numbers);
    }
}

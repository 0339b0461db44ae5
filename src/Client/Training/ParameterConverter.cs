using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Training;

/// <summary>A tensor value, or an object that has the member <c>initializer</c>.</summary>
internal sealed class ParameterConverter : JsonConverter<ParameterContract>
{
    public override ParameterContract Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject && IsDrawn(reader)
            ? Read<InitializerContract>(ref reader, options)
            : Read<TensorValue>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, ParameterContract value, JsonSerializerOptions options)
    {
        if (value.Drawn is { } drawn)
        {
            JsonSerializer.Serialize(writer, drawn, options);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Value, options);
        }
    }

    // The reader is a copy: it looks ahead.
    private static bool IsDrawn(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("initializer"u8))
            {
                return true;
            }

            reader.TrySkip();
        }

        return false;
    }

    // An inner failure has a path relative to this value; the serializer adds the path to it.
    private static T Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options)!;
        }
        catch (JsonException failure)
        {
            (string path, string message) = JsonErrors.Locate(failure);
            throw new ContractException(message, path) { Reported = failure };
        }
    }
}

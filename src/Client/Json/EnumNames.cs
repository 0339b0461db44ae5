using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop.Client.Json;

/// <summary>The wire names of an enum's values: camelCase, case-sensitive, no numbers.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly (T Value, string Name)[] All =
        [.. Enum.GetValues<T>().Select(value => (value, JsonNamingPolicy.CamelCase.ConvertName(value.ToString())))];

    public static T Read(ref Utf8JsonReader reader, string member = "")
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            foreach ((T value, string name) in All)
            {
                if (reader.ValueTextEquals(name))
                {
                    return value;
                }
            }
        }

        string choices = string.Join(", ", All.Select(pair => $"\"{pair.Name}\""));
        throw new ContractException($"The value must be one of {choices}.", member);
    }

    public static string Of(T value) => Array.Find(All, pair => pair.Value.Equals(value)).Name
        ?? throw new JsonException($"{value} is not a {typeof(T).Name}.");
}

/// <summary>An enum as its camelCase name.</summary>
internal sealed class EnumNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => EnumNames<T>.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames<T>.Of(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumNames<T>.Read(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(EnumNames<T>.Of(value));
}

/// <summary>Every enum as its camelCase name.</summary>
internal sealed class EnumNameConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumNameConverter<>).MakeGenericType(typeToConvert))!;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Experiments;

/// <summary>A number, a text or a truth value: the value of a parameter of an experiment, or of a cell of its table.</summary>
/// <param name="Number">The number, or null.</param>
/// <param name="Text">The text, or null.</param>
/// <param name="Flag">The truth value, or null.</param>
[JsonConverter(typeof(ScalarValueConverter))]
public readonly record struct ScalarValue(double? Number, string? Text, bool? Flag)
{
    /// <summary>A number.</summary>
    public static implicit operator ScalarValue(double number) => new(number, null, null);

    /// <summary>A text.</summary>
    public static implicit operator ScalarValue(string text) => new(null, text, null);

    /// <summary>A truth value.</summary>
    public static implicit operator ScalarValue(bool flag) => new(null, null, flag);
}

/// <summary>Numbers that are not finite are the strings of the contract.</summary>
internal sealed class ScalarValueConverter : JsonConverter<ScalarValue>
{
    private static readonly NumberConverter Number = new();

    public override ScalarValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => Number.Read(ref reader, typeof(double), options),
        JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
        JsonTokenType.String when reader.GetString() is { } text => text is "NaN" or "Infinity" or "-Infinity"
            ? Number.Read(ref reader, typeof(double), options)
            : text,
        _ => throw new ContractException($"The value must be a number, a string, true or false; got {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, ScalarValue value, JsonSerializerOptions options)
    {
        if (value.Flag is { } flag)
        {
            writer.WriteBooleanValue(flag);
        }
        else if (value.Number is { } number)
        {
            Number.Write(writer, number, options);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}

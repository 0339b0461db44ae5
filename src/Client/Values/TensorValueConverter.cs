using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>A tensor value in any of its four forms; written in the form that it names.</summary>
/// <param name="maxElements">The maximum elements of a value that is read.</param>
public sealed class TensorValueConverter(long maxElements) : JsonConverter<TensorValue>
{
    /// <summary>Reads values of any size.</summary>
    public TensorValueConverter()
        : this(long.MaxValue)
    {
    }

    /// <summary>True: nulls are rejected here, also inside a dictionary.</summary>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    /// <exception cref="JsonException">The value has none of the four forms.</exception>
    public override TensorValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.StartArray => NestedArrayReader.Read(ref reader, maxElements),
        JsonTokenType.StartObject => TensorObjectReader.Read(ref reader, maxElements),
        JsonTokenType.Null => throw new ContractException("The value must not be null."),
        _ => ReadScalar(ref reader),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TensorValue value, JsonSerializerOptions options) => TensorValueWriter.Write(writer, value);

    private TensorValue ReadScalar(ref Utf8JsonReader reader)
    {
        var elements = new ElementBuffer(maxElements);
        try
        {
            elements.Add(ref reader);
            return new TensorValue(Elements.ToArray(elements, null), [], null, ValueEncoding.Nested);
        }
        finally
        {
            elements.Dispose();
        }
    }
}

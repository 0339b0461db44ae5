using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Graphs;

/// <summary>An operand of a node: the name of a value, a literal number, or "" if it is omitted.</summary>
/// <param name="Name">The name, or null if the operand is a number.</param>
/// <param name="Number">The number, or null.</param>
[JsonConverter(typeof(NodeInputConverter))]
public readonly record struct NodeInput(string? Name, LiteralNumber? Number = null)
{
    /// <summary>The value of this name.</summary>
    public static implicit operator NodeInput(string name) => new(name);

    /// <summary>A literal, which takes the element type of the other operands.</summary>
    public static implicit operator NodeInput(double value) => new(null, value);

    /// <summary>A whole literal, which is also valid where an integer is required.</summary>
    public static implicit operator NodeInput(long value) => new(null, value);
}

internal sealed class NodeInputConverter : JsonConverter<NodeInput>
{
    public override NodeInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => new NodeInput(null, LiteralNumber.Read(ref reader)),
        _ => throw new ContractException($"An operand must be a name or a number; got {TokenNames.Of(reader.TokenType)}."),
    };

    public override void Write(Utf8JsonWriter writer, NodeInput value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            number.Write(writer);
        }
        else
        {
            writer.WriteStringValue(value.Name);
        }
    }
}

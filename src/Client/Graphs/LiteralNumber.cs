using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Graphs;

/// <summary>A number in the text of a graph.</summary>
/// <param name="Value">Its value as a double.</param>
/// <param name="Integer">The exact number, if it was written without fraction or exponent and int64 can represent it; otherwise null.</param>
public readonly record struct LiteralNumber(double Value, long? Integer = null)
{
    /// <summary>A whole number.</summary>
    public static implicit operator LiteralNumber(long value) => new(value, value);

    /// <summary>A number that need not be whole.</summary>
    public static implicit operator LiteralNumber(double value) => new(value);

    internal static LiteralNumber Read(ref Utf8JsonReader reader)
    {
        var token = NumberToken.Read(ref reader);
        return new LiteralNumber(token.Value, token.IsInteger ? token.Integer : null);
    }

    internal void Write(Utf8JsonWriter writer)
    {
        if (Integer is { } integer)
        {
            writer.WriteNumberValue(integer);
        }
        else
        {
            writer.WriteNumberValue(Value);
        }
    }
}

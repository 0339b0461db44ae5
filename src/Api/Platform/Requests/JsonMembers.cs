using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Api.Platform.Requests;

/// <summary>
/// The members of a JSON object as the bytes of their values: for bodies whose parts are validated in a given order, each only once the ones before
/// it are valid. Values that are not read are not parsed.
/// </summary>
internal sealed class JsonMembers
{
    private const int MostItems = 1 << 20;
    private readonly OrderedDictionary<string, ReadOnlyMemory<byte>> members = new(StringComparer.Ordinal);

    private JsonMembers()
    {
    }

    /// <summary>The names, in the order of the body.</summary>
    public IReadOnlyList<string> Names => members.Keys;

    /// <summary>The bytes of a member's value, if there is one.</summary>
    public bool TryGet(string name, out ReadOnlyMemory<byte> value) => members.TryGetValue(name, out value);

    /// <summary>Reads an object; all of it is checked to be valid JSON.</summary>
    /// <exception cref="JsonException">It is malformed, not an object, or has a duplicate member.</exception>
    public static JsonMembers Read(ReadOnlyMemory<byte> json)
    {
        var reader = Start(json, JsonTokenType.StartObject, "The value must be an object.");
        var read = new JsonMembers();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = Text(ref reader);
            reader.Read();
            if (!read.members.TryAdd(name, Value(ref reader, json)))
            {
                throw new ContractException($"The member '{name}' appears twice.");
            }

            RequireFew(read.members.Count);
        }

        reader.Read();
        return read;
    }

    /// <summary>The items of an array.</summary>
    /// <exception cref="JsonException">It is malformed or not an array.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Items(ReadOnlyMemory<byte> json)
    {
        var reader = Start(json, JsonTokenType.StartArray, "The value must be a list.");
        var items = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, json));
            RequireFew(items.Count);
        }

        return items;
    }

    /// <summary>A string, or null if the value is not one.</summary>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static string? String(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? Text(ref reader) : null;
    }

    private static Utf8JsonReader Start(ReadOnlyMemory<byte> json, JsonTokenType expected, string complaint)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader.TokenType == expected ? reader : throw new ContractException(complaint);
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ContractException("The text is not valid Unicode.");
        }
    }

    private static void RequireFew(int count)
    {
        if (count > MostItems)
        {
            throw new ContractException($"An object or list must have at most {MostItems} items.");
        }
    }
}

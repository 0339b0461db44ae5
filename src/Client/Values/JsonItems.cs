using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Backprop.Client.Values;

/// <summary>
/// Counts the items of all lists and dictionaries of a body before it is read into records: an item takes two bytes in a body and a hundred in
/// memory. Elements of tensors do not count; they are limited while they are read.
/// </summary>
public static class JsonItems
{
    // Up to eight lists may have the maximum length: nodes, their operands, their attributes, names.
    private const int Lists = 8;

    // A comma and a digit.
    private const int LeastBytes = 2;

    /// <summary>The path with too many items (<c>graph.nodes</c>), or null if there is none or the body is not readable JSON.</summary>
    /// <param name="json">The body, UTF-8.</param>
    /// <param name="type">The contract record.</param>
    /// <param name="options">The options for reading it.</param>
    /// <param name="most">The maximum items of one list or dictionary; of all together, eight times as many.</param>
    public static string? PathPast(ReadOnlySpan<byte> json, Type type, JsonSerializerOptions options, long most)
    {
        if (json.Length / LeastBytes <= most)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        try
        {
            return reader.Read() ? new Count(options, most).Value(ref reader, type) : null;
        }
        catch (JsonException)
        {
            // The actual reader reports where it is malformed; everything before was counted.
            return null;
        }
    }

    private sealed class Count(JsonSerializerOptions options, long most)
    {
        private readonly Dictionary<Type, (byte[] Name, JsonPropertyInfo Property)[]> members = [];
        private long all;

        public string? Value(ref Utf8JsonReader reader, Type declared)
        {
            Type type = Nullable.GetUnderlyingType(declared) ?? declared;
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject) || type == typeof(TensorValue))
            {
                reader.Skip();
                return null;
            }

            JsonTypeInfo info = options.GetTypeInfo(type);
            return (info.Kind, reader.TokenType) switch
            {
                (JsonTypeInfoKind.Object, JsonTokenType.StartObject) => Members(ref reader, info),
                (JsonTypeInfoKind.Enumerable, JsonTokenType.StartArray) => Items(ref reader, info.ElementType),
                (JsonTypeInfoKind.Dictionary, JsonTokenType.StartObject) => Items(ref reader, info.ElementType),
                _ => Items(ref reader, null),
            };
        }

        private string? Members(ref Utf8JsonReader reader, JsonTypeInfo info)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                JsonPropertyInfo? member = Member(ref reader, info);
                reader.Read();
                string? past = member is null ? Items(ref reader, null) : Value(ref reader, member.PropertyType);
                if (past is not null)
                {
                    return member is null || past.Length == 0 || past[0] == '[' ? $"{member?.Name}{past}" : $"{member.Name}.{past}";
                }
            }

            return null;
        }

        private JsonPropertyInfo? Member(ref Utf8JsonReader reader, JsonTypeInfo info)
        {
            if (!members.TryGetValue(info.Type, out (byte[] Name, JsonPropertyInfo Property)[]? known))
            {
                members[info.Type] = known = [.. info.Properties.Select(member => (System.Text.Encoding.UTF8.GetBytes(member.Name), member))];
            }

            foreach ((byte[] name, JsonPropertyInfo property) in known)
            {
                if (reader.ValueTextEquals(name))
                {
                    return property;
                }
            }

            return null;
        }

        // The items of a list or dictionary; for types with a converter, all values at any depth.
        private string? Items(ref Utf8JsonReader reader, Type? element)
        {
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            {
                return null;
            }

            int depth = reader.CurrentDepth;
            long count = 0;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    continue;
                }

                if (++count > most || ++all > Lists * most)
                {
                    return string.Empty;
                }

                if (element is not null && Value(ref reader, element) is { } past)
                {
                    return $"[{count - 1}]{(past.Length == 0 || past[0] == '[' ? string.Empty : ".")}{past}";
                }
            }

            return null;
        }
    }
}

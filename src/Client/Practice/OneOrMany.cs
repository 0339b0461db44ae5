using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Practice;

/// <summary>Values of a filter, of which one must match: in JSON a list, or a single value by itself.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="values">The values.</param>
[JsonConverter(typeof(OneOrManyConverterFactory))]
[CollectionBuilder(typeof(OneOrMany), nameof(OneOrMany.Create))]
public sealed class OneOrMany<T>(params IReadOnlyList<T> values) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public T this[int index] => values[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A single value.</summary>
    public static implicit operator OneOrMany<T>(T value) => new(value);

    /// <summary>Several values.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator OneOrMany<T>?(T[]? values) => values is null ? null : new(values);
}

/// <summary>Creates values of a filter from collection expressions.</summary>
public static class OneOrMany
{
    /// <summary>The values.</summary>
    public static OneOrMany<T> Create<T>(ReadOnlySpan<T> values) => new(values.ToArray());
}

/// <summary>Reads texts and enums, one or a list.</summary>
internal sealed class OneOrManyConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(OneOrMany<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OneOrManyConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

internal sealed class OneOrManyConverter<T> : JsonConverter<OneOrMany<T>>
{
    public override OneOrMany<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new OneOrMany<T>(Element(ref reader, options, ""));
        }

        var values = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(Element(ref reader, options, $"[{values.Count}]"));
        }

        return new OneOrMany<T>(values);
    }

    public override void Write(Utf8JsonWriter writer, OneOrMany<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (T element in value)
        {
            JsonSerializer.Serialize(writer, element, options);
        }

        writer.WriteEndArray();
    }

    private static T Element(ref Utf8JsonReader reader, JsonSerializerOptions options, string member)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new ContractException($"The value must be a string or a list of strings; got {TokenNames.Of(reader.TokenType)}.", member);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options)!;
        }
        catch (ContractException refused)
        {
            throw new ContractException(refused.Message, member);
        }
    }
}

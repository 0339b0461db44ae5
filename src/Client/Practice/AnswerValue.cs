using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Practice;

/// <summary>
/// An answer: a string, a number, true or false, a list of them if several choices are selected, or an object whose members are expressions, such as
/// the gradients of a derivation. A number is kept as written, so that its significant figures can be counted.
/// </summary>
/// <param name="Texts">The texts as written.</param>
/// <param name="IsList">True for a list, even with one entry or none.</param>
[JsonConverter(typeof(AnswerValueConverter))]
public sealed record AnswerValue(IReadOnlyList<string> Texts, bool IsList = false)
{
    /// <summary>The maximum entries of a list.</summary>
    public const int MaxEntries = 100;

    /// <summary>The names of the texts in the same order if the answer is an object; otherwise null.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>A text: a choice by its letter or its text, a number with its unit, a formula.</summary>
    public static implicit operator AnswerValue(string text) => new([text]);

    /// <summary>A number in the requested unit.</summary>
    public static implicit operator AnswerValue(double number) => new([number.ToString("R", CultureInfo.InvariantCulture)]);

    /// <summary>True or false.</summary>
    public static implicit operator AnswerValue(bool truth) => new([truth ? "true" : "false"]);

    /// <summary>Several choices, by their letters or texts.</summary>
    public static AnswerValue List(params ReadOnlySpan<string> texts) => new(texts.ToArray(), IsList: true);

    /// <summary>Texts by name: the gradients of a derivation, or the <c>line</c> and the <c>fix</c> of a debugging exercise.</summary>
    public static AnswerValue Object(params ReadOnlySpan<(string Name, string Text)> members)
    {
        (string Name, string Text)[] all = members.ToArray();
        return new AnswerValue([.. all.Select(member => member.Text)]) { Names = [.. all.Select(member => member.Name)] };
    }
}

internal sealed class AnswerValueConverter : JsonConverter<AnswerValue>
{
    private const string Expected = "An answer must be a string, a number, true or false, a list of them, or an object of strings";

    public override AnswerValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return Members(ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new AnswerValue([Text(ref reader, "")]);
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (texts.Count == AnswerValue.MaxEntries)
            {
                throw new ContractException($"An answer must have at most {AnswerValue.MaxEntries} entries.");
            }

            texts.Add(Text(ref reader, $"[{texts.Count}]"));
        }

        return new AnswerValue(texts, IsList: true);
    }

    // A graph as a member is kept as its JSON text.
    private static AnswerValue Members(ref Utf8JsonReader reader)
    {
        var texts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            string text = reader.TokenType == JsonTokenType.StartObject
                ? JsonElement.ParseValue(ref reader).GetRawText()
                : Text(ref reader, $".{name}");
            if (texts.Count == AnswerValue.MaxEntries || !texts.TryAdd(name, text))
            {
                throw new ContractException($"An answer must have at most {AnswerValue.MaxEntries} members, each of them once.", $".{name}");
            }
        }

        return texts.Count > 0
            ? new AnswerValue([.. texts.Values]) { Names = [.. texts.Keys] }
            : throw new ContractException($"{Expected}; got an empty object.");
    }

    public override void Write(Utf8JsonWriter writer, AnswerValue value, JsonSerializerOptions options)
    {
        if (value.Names is { } names)
        {
            writer.WriteStartObject();
            foreach ((string name, string text) in names.Zip(value.Texts))
            {
                writer.WriteString(name, text);
            }

            writer.WriteEndObject();
            return;
        }

        if (!value.IsList)
        {
            writer.WriteStringValue(value.Texts[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (string text in value.Texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Text(ref Utf8JsonReader reader, string place) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new ContractException($"{Expected}; got {TokenNames.Of(reader.TokenType)}.", place),
    };
}

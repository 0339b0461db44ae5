using System.Text.Json;
using Backprop.Client;
using Backprop.Client.Values;

namespace Backprop.Api.FastPath;

/// <summary>The position of a value in a body, where other bodies may hold another value.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after its last one.</param>
/// <param name="Depth">The number of objects around it.</param>
/// <param name="Path">The path of the value: <c>seed</c>, <c>inputs.x</c>.</param>
/// <param name="Value">The value in this body.</param>
/// <param name="IsBase64">True if the span covers only the base64 text; the type and shape around it stay the same.</param>
internal readonly record struct ValueSpan(int Start, int End, int Depth, string Path, TensorValue Value, bool IsBase64 = false)
{
    private static readonly string[] Members = ["inputs", "seed", "tangents", "cotangents"];

    /// <summary>The span of every value of a body in order; null if the body does not have the form of a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="converter">Reads the values.</param>
    /// <exception cref="JsonException">It is not valid JSON, or a value is malformed.</exception>
    public static List<ValueSpan>? All(ReadOnlySpan<byte> body, TensorValueConverter converter)
    {
        var cuts = new List<ValueSpan>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = BackpropJson.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? member = Member(ref reader);
            reader.Read();
            if (member is null || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
            }
            else if (member == "seed")
            {
                cuts.Add(Of(ref reader, member, converter));
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                AddNamed(ref reader, member, converter, cuts);
            }
            else
            {
                return null;
            }
        }

        return cuts;
    }

    private static void AddNamed(ref Utf8JsonReader reader, string member, TensorValueConverter converter, List<ValueSpan> cuts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string path = $"{member}.{reader.GetString()}";
            reader.Read();
            cuts.Add(Of(ref reader, path, converter));
        }
    }

    private static ValueSpan Of(ref Utf8JsonReader reader, string path, TensorValueConverter converter)
    {
        Utf8JsonReader before = reader;
        int depth = reader.CurrentDepth;
        TensorValue value = converter.Read(ref reader, typeof(TensorValue), JsonSerializerOptions.Default);
        return Base64(before, value) is (int start, int end)
            ? new ValueSpan(start, end, depth, path, value, IsBase64: true)
            : new ValueSpan((int)before.TokenStartIndex, (int)reader.BytesConsumed, depth, path, value);
    }

    // If the text is what an encoder writes for a stated type, another value of that type has a text of the same length, apart from escapes.
    private static (int Start, int End)? Base64(Utf8JsonReader reader, TensorValue value)
    {
        if (value.Encoding != ValueEncoding.Base64 || value.DType is null or ElementType.Bool || value.Data.Length == 0)
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals("base64");
            reader.Read();
            if (found)
            {
                (int start, int length) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                return reader.ValueIsEscaped || length == PreparedValue.Base64Length(value) ? (start, start + length) : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static string? Member(ref Utf8JsonReader reader)
    {
        foreach (string member in Members)
        {
            if (reader.ValueTextEquals(member))
            {
                return member;
            }
        }

        return null;
    }
}

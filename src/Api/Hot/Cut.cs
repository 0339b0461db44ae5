using System.Text.Json;
using Backprop.Client;

namespace Backprop.Api.Hot;

/// <summary>A value in a body: where it stands, whose it is, and what it is.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Depth">In how many objects it stands.</param>
/// <param name="Path">The path of the value: <c>seed</c>, <c>inputs.x</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct Cut(int Start, int End, int Depth, string Path, TensorValue Value)
{
    private static readonly string[] Members = ["inputs", "seed", "tangents", "cotangents"];

    /// <summary>Every value of a body in the order in which they stand; null where the body has not the form of a request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="converter">Reads the values.</param>
    /// <exception cref="JsonException">It is no JSON, or a value is none.</exception>
    public static List<Cut>? All(ReadOnlySpan<byte> body, TensorValueConverter converter)
    {
        var cuts = new List<Cut>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = BackpropJson.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? member = Member(ref reader);
            reader.Read();
            if (member is null || reader.TokenType == JsonTokenType.Null)
                reader.Skip();
            else if (member == "seed")
                cuts.Add(Of(ref reader, member, converter));
            else if (reader.TokenType == JsonTokenType.StartObject)
                AddNamed(ref reader, member, converter, cuts);
            else
                return null;
        }

        return cuts;
    }

    private static void AddNamed(ref Utf8JsonReader reader, string member, TensorValueConverter converter, List<Cut> cuts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string path = $"{member}.{reader.GetString()}";
            reader.Read();
            cuts.Add(Of(ref reader, path, converter));
        }
    }

    private static Cut Of(ref Utf8JsonReader reader, string path, TensorValueConverter converter)
    {
        int start = (int)reader.TokenStartIndex;
        int depth = reader.CurrentDepth;
        TensorValue value = converter.Read(ref reader, typeof(TensorValue), JsonSerializerOptions.Default);
        return new Cut(start, (int)reader.BytesConsumed, depth, path, value);
    }

    private static string? Member(ref Utf8JsonReader reader)
    {
        foreach (string member in Members)
        {
            if (reader.ValueTextEquals(member))
                return member;
        }

        return null;
    }
}

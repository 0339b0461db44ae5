using System.Text.Json;
using Backprop.Client;

namespace Backprop.Api.Hot;

/// <summary>
/// A body with its values cut out. Bodies of one template have the same bytes outside their values: they ask the same of the same
/// graph, and what was found sound in one of them is sound in all.
/// </summary>
public sealed class Template
{
    private readonly byte[] text;
    private readonly int[] ends;
    private readonly JsonReaderOptions[] options;

    private Template(byte[] text, int[] ends, JsonReaderOptions[] options) => (this.text, this.ends, this.options) = (text, ends, options);

    /// <summary>The number of values, one less than that of the parts around them.</summary>
    public int Values => options.Length;

    /// <summary>The bytes outside the values.</summary>
    public ReadOnlySpan<byte> Text => text;

    /// <summary>The template of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cuts">All its values.</param>
    public static Template Of(ReadOnlySpan<byte> body, IReadOnlyList<Cut> cuts)
    {
        var ends = new int[cuts.Count + 1];
        byte[] text = new byte[body.Length - cuts.Sum(cut => cut.End - cut.Start)];
        (int length, int start) = (0, 0);
        for (int i = 0; i < ends.Length; i++)
        {
            ReadOnlySpan<byte> part = body[start..(i < cuts.Count ? cuts[i].Start : body.Length)];
            part.CopyTo(text.AsSpan(length));
            ends[i] = length += part.Length;
            start = i < cuts.Count ? cuts[i].End : body.Length;
        }

        // A value may nest as deep as it may where it stands.
        return new Template(text, ends, [.. cuts.Select(cut => new JsonReaderOptions { MaxDepth = BackpropJson.MaxDepth - cut.Depth })]);
    }

    /// <summary>False where the beginning or the end of a body tells that it is of another template.</summary>
    public bool MayFit(ReadOnlySpan<byte> body) => body.Length >= text.Length && body.StartsWith(Part(0)) && body.EndsWith(Part(Values));

    /// <summary>Reads the values of a body; null where it is of another template.</summary>
    /// <exception cref="JsonException">A value is none.</exception>
    public TensorValue[]? Read(ReadOnlySpan<byte> body, TensorValueConverter converter)
    {
        var values = new TensorValue[Values];
        int position = 0;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> part = Part(i);
            if (!body[position..].StartsWith(part))
                return null;
            position += part.Length;
            var reader = new Utf8JsonReader(body[position..], options[i]);
            reader.Read();
            values[i] = converter.Read(ref reader, typeof(TensorValue), JsonSerializerOptions.Default);
            position += (int)reader.BytesConsumed;
        }

        return body[position..].SequenceEqual(Part(Values)) ? values : null;
    }

    private ReadOnlySpan<byte> Part(int index) => text.AsSpan((index == 0 ? 0 : ends[index - 1])..ends[index]);
}

using System.Text.Json;
using Backprop.Api.Features.Graphs;
using Backprop.Client;
using Backprop.Client.Values;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;

namespace Backprop.Api.FastPath;

/// <summary>
/// A body without its values. Bodies of one template have the same bytes outside their values: they make the same request about the same graph, and
/// what was validated in one is valid in all.
/// </summary>
internal sealed class BodyTemplate
{
    private readonly byte[] text;
    private readonly int[] ends;
    private readonly ValueSlot[] places;

    private BodyTemplate(byte[] text, int[] ends, ValueSlot[] places) => (this.text, this.ends, this.places) = (text, ends, places);

    /// <summary>The bytes outside the values.</summary>
    public ReadOnlySpan<byte> Text => text;

    /// <summary>The template of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cuts">The places of all its values.</param>
    public static BodyTemplate Of(ReadOnlySpan<byte> body, IReadOnlyList<ValueSpan> cuts)
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

        return new BodyTemplate(text, ends, [.. cuts.Select(ValueSlot.Of)]);
    }

    /// <summary>False if the beginning or the end of a body shows that it has another template.</summary>
    public bool MayFit(ReadOnlySpan<byte> body) => body.Length >= text.Length && body.StartsWith(Part(0)) && body.EndsWith(Part(places.Length));

    /// <summary>Reads the values of a body; null if it has another template.</summary>
    /// <param name="body">The body.</param>
    /// <param name="converter">Reads values.</param>
    /// <param name="pool">Where the memory of decoded values comes from.</param>
    /// <exception cref="JsonException">A value is malformed.</exception>
    public PreparedValue[]? Read(ReadOnlySpan<byte> body, TensorValueConverter converter, BufferPool pool)
    {
        var values = new PreparedValue[places.Length];
        int position = 0;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> part = Part(i);
            if (!body[position..].StartsWith(part))
            {
                return null;
            }

            position += part.Length;
            if (places[i].Base64Length is int length and > 0)
            {
                if (PreparedValue.Decode(body, position, length, places[i].DType, places[i].Count, pool, out int read) is not { } elements)
                {
                    return null;
                }

                values[i] = new PreparedValue(null, elements);
                position += read;
                continue;
            }

            var reader = new Utf8JsonReader(body[position..], places[i].Options);
            reader.Read();
            values[i] = new PreparedValue(converter.Read(ref reader, typeof(TensorValue), JsonSerializerOptions.Default), null);
            position += (int)reader.BytesConsumed;
        }

        return body[position..].SequenceEqual(Part(places.Length)) ? values : null;
    }

    private ReadOnlySpan<byte> Part(int index) => text.AsSpan((index == 0 ? 0 : ends[index - 1])..ends[index]);

    // How a value is read: as JSON, nested at most as deep as its position allows, or as a base64 text whose length is known if nothing is escaped.
    private readonly record struct ValueSlot(JsonReaderOptions Options, int Base64Length, DType DType, int Count)
    {
        public static ValueSlot Of(ValueSpan cut) => new(
            new JsonReaderOptions { MaxDepth = BackpropJson.MaxDepth - cut.Depth },
            cut.IsBase64 ? PreparedValue.Base64Length(cut.Value) : 0,
            GraphContractReader.DType(cut.Value.ElementType),
            cut.Value.Data.Length);
    }
}

using System.Text;
using System.Text.Json;
using Backprop.Client.Values;

namespace Backprop.Client.Json;

/// <summary>Reads nested arrays in one pass, however deep, and finds the shape on the way.</summary>
internal sealed class NestedArrayReader
{
    /// <summary>The most axes that a value has: as deep as a body may nest.</summary>
    public const int MaxRank = 64;

    // Entries for each depth from 1 on: elements so far of the array that is open there, and what the first one closed there had.
    private readonly long[] counts = new long[MaxRank + 1];
    private readonly long[] extents = new long[MaxRank + 1];
    private int depth;
    private int leaf;

    private NestedArrayReader() => extents.AsSpan().Fill(-1);

    /// <summary>The value that starts at the reader's array; the reader is left at its end.</summary>
    /// <exception cref="JsonException">Ragged, mixed, too deep, or more elements than <paramref name="limit"/>.</exception>
    public static TensorValue Read(ref Utf8JsonReader reader, long limit)
    {
        var arrays = new NestedArrayReader();
        var elements = new ElementBuffer(limit);
        try
        {
            arrays.ReadAll(ref reader, ref elements);
            Array data = Elements.ToArray(elements, null);
            return new TensorValue(data, arrays.extents[1..(arrays.leaf + 1)], null, ValueEncoding.Nested);
        }
        finally
        {
            elements.Dispose();
        }
    }

    private void ReadAll(ref Utf8JsonReader reader, ref ElementBuffer elements)
    {
        do
        {
            if (reader.TokenType == JsonTokenType.StartArray)
                Open();
            else if (reader.TokenType != JsonTokenType.EndArray)
                Take(ref reader, ref elements);
            if (reader.TokenType == JsonTokenType.EndArray)
                Close();
        }
        while (depth > 0 && reader.Read());
    }

    private void Open()
    {
        if (depth == leaf && leaf > 0)
            throw new ContractException($"An array stands at {Position()}, where a number is expected.");
        if (depth == MaxRank)
            throw new ContractException($"A value has at most {MaxRank} axes.");
        counts[++depth] = 0;
    }

    private void Close()
    {
        long count = counts[depth];
        if (count == 0 && leaf == 0)
            leaf = depth;
        if (extents[depth] < 0)
            extents[depth] = count;
        else if (extents[depth] != count)
            throw Ragged(count);
        if (--depth > 0)
            counts[depth]++;
    }

    // A row of elements, up to the end of its array.
    private void Take(ref Utf8JsonReader reader, ref ElementBuffer elements)
    {
        if (depth != leaf)
        {
            if (leaf > 0)
                throw new ContractException($"{Capital(TokenNames.Of(reader.TokenType))} stands at {Position()}, where an array is expected.");
            leaf = depth;
        }

        try
        {
            do
            {
                elements.Add(ref reader);
                counts[depth]++;
            }
            while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.StartArray));
        }
        catch (ContractException refused)
        {
            throw new ContractException($"{refused.Message} It stands at {Position()}.");
        }

        if (reader.TokenType == JsonTokenType.StartArray)
            Open();
    }

    private ContractException Ragged(long count)
    {
        string first = string.Concat(Enumerable.Repeat("[0]", depth - 1));
        return new ContractException(
            $"The arrays are ragged: row {Position(depth - 1)} has {Plural(count)}, row {first} has {extents[depth]}.");
    }

    private static string Plural(long count) => count == 1 ? "1 element" : $"{count} elements";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private string Position() => Position(depth);

    private string Position(int axes)
    {
        var text = new StringBuilder();
        for (int axis = 1; axis <= axes; axis++)
            text.Append('[').Append(counts[axis]).Append(']');
        return text.ToString();
    }
}

using System.Text;
using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>Reads nested arrays of any depth in one pass and infers the shape.</summary>
internal sealed class NestedArrayReader
{
    /// <summary>The maximum rank of a value: the nesting depth of a body.</summary>
    public const int MaxRank = 64;

    // Per depth from 1: the elements of the open array until now, and the element count of the first closed one.
    private readonly long[] counts = new long[MaxRank + 1];
    private readonly long[] extents = new long[MaxRank + 1];
    private int depth;
    private int leaf;

    private NestedArrayReader() => extents.AsSpan().Fill(-1);

    /// <summary>Reads the value that starts at the reader's array; the reader is left at its end.</summary>
    /// <exception cref="JsonException">The value is ragged, mixed, too deep, or has more elements than <paramref name="limit"/>.</exception>
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
            {
                Open();
            }
            else if (reader.TokenType != JsonTokenType.EndArray)
            {
                Take(ref reader, ref elements);
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Close();
            }
        }
        while (depth > 0 && reader.Read());
    }

    private void Open()
    {
        if (depth == leaf && leaf > 0)
        {
            throw new ContractException($"The value at {Position()} must be a number; got an array.");
        }

        if (depth == MaxRank)
        {
            throw new ContractException($"A value must have at most {MaxRank} axes.");
        }

        counts[++depth] = 0;
    }

    private void Close()
    {
        long count = counts[depth];
        if (count == 0 && leaf == 0)
        {
            leaf = depth;
        }

        if (extents[depth] < 0)
        {
            extents[depth] = count;
        }
        else if (extents[depth] != count)
        {
            throw Ragged(count);
        }

        if (--depth > 0)
        {
            counts[depth]++;
        }
    }

    // Reads a row of elements up to the end of its array.
    private void Take(ref Utf8JsonReader reader, ref ElementBuffer elements)
    {
        if (depth != leaf)
        {
            if (leaf > 0)
            {
                throw new ContractException($"The value at {Position()} must be an array; got {TokenNames.Of(reader.TokenType)}.");
            }

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
            throw new ContractException($"{refused.Message} Position: {Position()}.");
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Open();
        }
    }

    private ContractException Ragged(long count)
    {
        string first = string.Concat(Enumerable.Repeat("[0]", depth - 1));
        return new ContractException(
            $"The arrays are ragged: row {Position(depth - 1)} has {Plural(count)}, row {first} has {extents[depth]}.");
    }

    private static string Plural(long count) => count == 1 ? "1 element" : $"{count} elements";

    private string Position() => Position(depth);

    private string Position(int axes)
    {
        var text = new StringBuilder();
        for (int axis = 1; axis <= axes; axis++)
        {
            text.Append('[').Append(counts[axis]).Append(']');
        }

        return text.ToString();
    }
}

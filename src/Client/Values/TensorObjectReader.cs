using System.Text.Json;
using Backprop.Client.Json;

namespace Backprop.Client.Values;

/// <summary>Reads <c>{"shape","dtype","data"}</c> and <c>{"shape","dtype","base64"}</c>, the members in any order.</summary>
internal static class TensorObjectReader
{
    private static readonly string[] Names = ["shape", "dtype", "data", "base64"];

    /// <summary>Reads the value that starts at the reader's object; the reader is left at its end.</summary>
    public static TensorValue Read(ref Utf8JsonReader reader, long limit)
    {
        long[]? shape = null;
        ElementType? dtype = null;
        Utf8JsonReader base64 = default;
        var seen = new bool[Names.Length];
        var elements = new ElementBuffer(limit);
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int member = Member(ref reader, seen);
                reader.Read();
                switch (member)
                {
                    case 0: shape = ReadShape(ref reader, limit); break;
                    case 1: dtype = EnumNames<ElementType>.Read(ref reader, "dtype"); break;
                    case 2: ReadData(ref reader, ref elements); break;
                    default: base64 = Text(reader); break;
                }
            }

            if (shape is null)
            {
                throw new ContractException("shape is required.", "shape");
            }

            if (seen[2] == seen[3])
            {
                throw new ContractException("Give exactly one of \"data\" and \"base64\".");
            }

            return seen[2]
                ? new TensorValue(Counted(Elements.ToArray(elements, dtype), shape), shape, dtype, ValueEncoding.Flat)
                : new TensorValue(Base64Elements.Decode(ref base64, Count(shape), dtype), shape, dtype, ValueEncoding.Base64);
        }
        finally
        {
            elements.Dispose();
        }
    }

    private static int Member(ref Utf8JsonReader reader, bool[] seen)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (!reader.ValueTextEquals(Names[i]))
            {
                continue;
            }

            if (seen[i])
            {
                throw new ContractException($"The member \"{Names[i]}\" appears twice.", Names[i]);
            }

            seen[i] = true;
            return i;
        }

        string name = reader.GetString()!;
        throw new ContractException($"Unknown member \"{name}\"; a value has \"shape\", \"dtype\", and \"data\" or \"base64\".", name);
    }

    private static long[] ReadShape(ref Utf8JsonReader reader, long limit)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ContractException($"The shape must be a list of extents; got {TokenNames.Of(reader.TokenType)}.", "shape");
        }

        var extents = new List<long>();
        Int128 count = 1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string place = $"shape[{extents.Count}]";
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int extent) || extent < 0)
            {
                throw new ContractException($"An extent must be a whole number from 0 to {int.MaxValue}.", place);
            }

            if (extents.Count == NestedArrayReader.MaxRank)
            {
                throw new ContractException($"A value must have at most {NestedArrayReader.MaxRank} axes.", place);
            }

            extents.Add(extent);

            // An extent of 0 counts as 1: rows without elements are also written when the value is.
            count *= Math.Max(extent, 1);
            if (count > Math.Min(limit, Array.MaxLength))
            {
                throw new ContractException($"The shape has at least {count} elements; the limit is {Math.Min(limit, Array.MaxLength)}.", "shape");
            }
        }

        return [.. extents];
    }

    private static void ReadData(ref Utf8JsonReader reader, ref ElementBuffer elements)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ContractException($"data must be a flat list in row-major order; got {TokenNames.Of(reader.TokenType)}.", "data");
        }

        try
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                elements.Add(ref reader);
            }
        }
        catch (ContractException refused)
        {
            throw new ContractException(refused.Message, $"data[{elements.Count}]");
        }
    }

    private static Utf8JsonReader Text(Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? reader
        : throw new ContractException($"base64 must be a string; got {TokenNames.Of(reader.TokenType)}.", "base64");

    private static Array Counted(Array data, long[] shape) => data.Length == Count(shape)
        ? data
        : throw new ContractException($"The shape [{string.Join(',', shape)}] has {Count(shape)} elements; the data have {data.Length}.", "data");

    private static int Count(long[] shape) => (int)shape.Aggregate(1L, (count, extent) => count * extent);
}

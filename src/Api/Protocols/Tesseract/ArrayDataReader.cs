using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Json;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Reads the elements of arrays: encoded ones (<c>{"buffer","encoding"}</c>), and plain ones, which have the form of the service's own values.
/// </summary>
/// <param name="options">How plain ones are read.</param>
/// <param name="maxBytes">The maximum number of bytes of all compressed arrays together after decompression.</param>
/// <param name="faults">Collects errors.</param>
internal sealed class ArrayDataReader(JsonSerializerOptions options, long maxBytes, TesseractFaults faults)
{
    private static readonly string[] Members = ["buffer", "encoding", "compression"];
    private static readonly string[] Encodings = ["json", "base64"];
    private static readonly string[] Compressions = ["lz4"];
    private long decompressed;

    /// <summary>Whether an array was compressed.</summary>
    public bool HasReadCompressed { get; private set; }

    /// <summary>The elements of encoded data; null if they cannot be read.</summary>
    /// <param name="json">The object with the buffer.</param>
    /// <param name="shape">The shape stated.</param>
    /// <param name="type">The type stated.</param>
    /// <param name="loc">The location of the object.</param>
    public Array? Read(ReadOnlyMemory<byte> json, Shape shape, ArrayType type, object[] loc)
    {
        JsonMembers data = JsonMembers.Read(json);
        faults.RefuseExtras(data, Members, loc);
        ReadOnlyMemory<byte>? encoding = faults.Require(data, "encoding", json, loc);
        if (faults.Require(data, "buffer", json, loc) is not { } buffer || encoding is null)
        {
            return null;
        }

        string? form = JsonMembers.String(encoding.Value);
        bool isCompressed = data.TryGet("compression", out ReadOnlyMemory<byte> compression) && !compression.Span.SequenceEqual("null"u8);
        if (isCompressed && !(form == "base64" && JsonMembers.String(compression) == "lz4"))
        {
            faults.Literal([.. loc, "compression"], compression, form == "base64" ? Compressions : ["null"]);
            return null;
        }

        object[] place = [.. loc, "buffer"];
        switch (form)
        {
            case "base64": return Base64(buffer, shape, type, place, isCompressed);
            // The older name of "json".
            case "json" or "raw": return Numbers(buffer, shape, type, place);
            default:
                faults.Literal([.. loc, "encoding"], encoding.Value, Encodings);
                return null;
        }
    }

    private Array? Base64(ReadOnlyMemory<byte> json, Shape shape, ArrayType type, object[] loc, bool isCompressed)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out byte[]? bytes))
        {
            return Fault("the buffer is not valid base64");
        }

        if (isCompressed)
        {
            HasReadCompressed = true;
            decompressed += shape.Count * type.Size;
            if (decompressed > maxBytes)
            {
                throw new LimitException("Limits:MaxBodyBytes", maxBytes, $"{decompressed} bytes after decompression");
            }

            if (Lz4.Decompress(bytes, shape.Count * type.Size) is not { } whole)
            {
                return Fault($"the buffer is not an LZ4 frame of the {shape.Count * type.Size} bytes that shape and dtype require");
            }

            bytes = whole;
        }

        if (bytes.LongLength != shape.Count * type.Size)
        {
            return Fault($"shape and dtype require {shape.Count * type.Size} bytes, the buffer has {bytes.LongLength}");
        }

        try
        {
            return type.Decode(bytes);
        }
        catch (OverflowException)
        {
            return Fault("an element exceeds the range of int64");
        }

        Array? Fault(string message)
        {
            faults.Value(loc, json, message);
            return null;
        }
    }

    // As in NumPy, numbers are converted to the stated type first.
    private Array? Numbers(ReadOnlyMemory<byte> json, Shape shape, ArrayType type, object[] loc)
    {
        if (json.Span[0] == '{')
        {
            faults.Value(loc, json, "a number or nested lists of numbers are expected");
            return null;
        }

        if (ReadPlain(json, loc) is not { } value)
        {
            return null;
        }

        if (value.Data.LongLength != shape.Count)
        {
            faults.Value(loc, json, $"the shape requires {shape.Count} elements, the buffer has {value.Data.LongLength}");
            return null;
        }

        if (value.Data is long[] && type.Name == "int64")
        {
            return value.Data;
        }

        double[] numbers = value.ToArray();
        for (int i = 0; i < numbers.Length; i++)
        {
            if (type.Round(numbers[i]) is not { } rounded)
            {
                faults.Value(loc, json, $"element {i} exceeds the range of '{type.Name}'");
                return null;
            }

            numbers[i] = rounded;
        }

        return type.Kind == 'b' ? Array.ConvertAll(numbers, number => number != 0) : numbers;
    }

    /// <summary>A number or nested lists; null if they cannot be read.</summary>
    /// <param name="json">The value.</param>
    /// <param name="loc">Its location.</param>
    public TensorValue? ReadPlain(ReadOnlyMemory<byte> json, object[] loc)
    {
        try
        {
            if (JsonSerializer.Deserialize<TensorValue>(json.Span, options) is { } value)
            {
                return value;
            }

            faults.Value(loc, json, "an array is expected");
        }
        catch (JsonException error)
        {
            faults.Value(loc, json, JsonErrors.Locate(error).Message);
        }

        return null;
    }
}

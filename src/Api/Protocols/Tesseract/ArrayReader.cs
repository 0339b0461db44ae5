using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Client;
using Backprop.Client.Json;
using Backprop.Client.Values;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>
/// Reads arrays: encoded ones (<c>{"shape","dtype","data":{"buffer","encoding"}}</c>, with or without <c>object_type</c>), nested lists, and
/// numbers.
/// </summary>
/// <param name="options">How nested lists are read.</param>
/// <param name="maxElements">The maximum number of elements of an array.</param>
/// <param name="maxBytes">The maximum number of bytes of all compressed arrays together after decompression.</param>
/// <param name="faults">Collects errors.</param>
internal sealed class ArrayReader(JsonSerializerOptions options, long maxElements, long maxBytes, TesseractFaults faults)
{
    private static readonly string[] Members = ["object_type", "shape", "dtype", "data"];
    private static readonly string[] DataMembers = ["buffer", "encoding", "compression"];
    private static readonly string[] Encodings = ["json", "base64"];
    private static readonly string[] Compressions = ["lz4"];
    private long decompressed;

    /// <summary>Whether an array was compressed, so that the client can read compressed ones.</summary>
    public bool HasReadCompressed { get; private set; }

    /// <summary>The elements as <paramref name="dtype"/>; null if they cannot be read.</summary>
    /// <param name="json">The value.</param>
    /// <param name="dtype">The element type required.</param>
    /// <param name="loc">The location of the value.</param>
    public Literal? Read(ReadOnlyMemory<byte> json, DType dtype, object[] loc)
    {
        if (json.Span[0] == '{')
        {
            return Encoded(json, dtype, loc);
        }

        if (Plain(json, loc) is not { } value)
        {
            return null;
        }

        return Cast(value.Data, Shape.Of(Extents(value)), dtype) ?? Refused(loc, json, $"the values cannot be cast to '{dtype.Label()}'");
    }

    /// <summary>The shape of an encoded or abstract array.</summary>
    public Shape? ReadShape(ReadOnlyMemory<byte> json, object[] loc)
    {
        try
        {
            int[] extents = JsonSerializer.Deserialize<int[]>(json.Span) ?? throw new JsonException("null");
            Shape? shape = Array.TrueForAll(extents, extent => extent >= 0) && extents.Length <= BackpropJson.MaxDepth ? Shape.Of(extents)
                : throw new JsonException("negative");
            return shape.Count <= maxElements ? shape : throw new LimitException("Limits:MaxElements", maxElements, $"{shape.Count} elements");
        }
        catch (JsonException)
        {
            faults.Value([.. loc, "shape"], json, $"a shape must be a list of at most {BackpropJson.MaxDepth} non-negative whole numbers");
            return null;
        }
    }

    /// <summary>An element type that can be cast to <paramref name="dtype"/>.</summary>
    public ArrayType? ReadType(ReadOnlyMemory<byte> json, DType dtype, object[] loc)
    {
        if (ArrayType.Find(JsonMembers.String(json)) is { } type && type.CastsTo(dtype))
        {
            return type;
        }

        faults.Literal([.. loc, "dtype"], json, ArrayType.CastableTo(dtype));
        return null;
    }

    private Literal? Encoded(ReadOnlyMemory<byte> json, DType dtype, object[] loc)
    {
        JsonMembers array = JsonMembers.Read(json);
        faults.RefuseExtras(array, Members, loc);
        ReadOnlyMemory<byte>? shapeJson = faults.Require(array, "shape", json, loc);
        ReadOnlyMemory<byte>? typeJson = faults.Require(array, "dtype", json, loc);
        ReadOnlyMemory<byte>? dataJson = faults.Require(array, "data", json, loc);
        if (array.TryGet("object_type", out ReadOnlyMemory<byte> kind) && JsonMembers.String(kind) != "array")
        {
            faults.Literal([.. loc, "object_type"], kind, ["array"]);
        }

        Shape? shape = shapeJson is null ? null : ReadShape(shapeJson.Value, loc);
        ArrayType? type = typeJson is null ? null : ReadType(typeJson.Value, dtype, loc);
        if (shape is null || type is null || dataJson is null)
        {
            return null;
        }

        object[] place = [.. loc, "data"];
        if (dataJson.Value.Span[0] != '{')
        {
            faults.Kind(place, dataJson.Value, "dictionary");
            return null;
        }

        return Elements(dataJson.Value, shape, type, place) is { } elements ? Cast(elements, shape, dtype) : null;
    }

    private Array? Elements(ReadOnlyMemory<byte> json, Shape shape, ArrayType type, object[] loc)
    {
        JsonMembers data = JsonMembers.Read(json);
        faults.RefuseExtras(data, DataMembers, loc);
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

        if (Plain(json, loc) is not { } value)
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

    private TensorValue? Plain(ReadOnlyMemory<byte> json, object[] loc)
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

    private static Literal? Cast(Array elements, Shape shape, DType dtype) => (elements, dtype) switch
    {
        (bool[], DType.Bool) => new Literal(Tensor.Of(elements, shape)),
        (bool[] truths, _) => new Literal(Tensor.Of(Array.ConvertAll(truths, truth => truth ? 1L : 0L), shape)),
        (_, DType.Bool) => null,
        _ => new Literal(Tensor.Of(elements, shape)),
    };

    private Literal? Refused(object[] loc, ReadOnlyMemory<byte> json, string message)
    {
        faults.Value(loc, json, message);
        return null;
    }

    private static int[] Extents(TensorValue value) => Array.ConvertAll(value.Shape.ToArray(), extent => (int)extent);
}

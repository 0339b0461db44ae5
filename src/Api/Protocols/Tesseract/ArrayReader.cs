using System.Text.Json;
using Backprop.Api.Platform.Requests;
using Backprop.Client;
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
    private readonly ArrayDataReader data = new(options, maxBytes, faults);

    /// <summary>Whether an array was compressed, so that the client can read compressed ones.</summary>
    public bool HasReadCompressed => data.HasReadCompressed;

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

        if (data.ReadPlain(json, loc) is not { } value)
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

        return data.Read(dataJson.Value, shape, type, place) is { } elements ? Cast(elements, shape, dtype) : null;
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

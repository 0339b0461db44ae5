using System.Text.Json.Nodes;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>The schemas of arrays, as the SDK writes them for its own models.</summary>
internal static class TesseractArraySchema
{
    // NumPy's; the schema of an array of any rank must name one.
    private const int MaxRank = 64;

    /// <summary>The schema of an array with its elements.</summary>
    /// <param name="array">Its name, its element type, and its shape, if known; a null extent is any.</param>
    public static JsonObject Encoded((string Name, DType DType, JsonArray? Shape) array)
    {
        JsonObject schema = Abstract(array);
        schema["array_flags"] = array.DType.IsFloat() ? new JsonArray("DIFFERENTIABLE") : new JsonArray();
        schema["properties"]!["object_type"] = new JsonObject { ["const"] = "array", ["default"] = "array" };
        schema["properties"]!["data"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["buffer"] = new JsonObject(),
                ["encoding"] = new JsonObject { ["enum"] = new JsonArray("json", "base64") }
            },
            ["required"] = new JsonArray("buffer", "encoding"),
        };
        schema["required"]!.AsArray().Add("data");
        return schema;
    }

    /// <summary>The schema of an array's type.</summary>
    /// <param name="array">Its name, its element type, and its shape, if known; a null extent is any.</param>
    public static JsonObject Abstract((string Name, DType DType, JsonArray? Shape) array) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["shape"] = Shape(array.Shape),
            ["dtype"] = new JsonObject
            {
                ["enum"] = new JsonArray([.. ArrayType.CastableTo(array.DType).Select(type => JsonValue.Create(type))]),
                ["examples"] = new JsonArray(array.DType.Label()),
            },
        },
        ["required"] = new JsonArray("shape", "dtype"),
    };

    private static JsonObject Shape(JsonArray? extents)
    {
        var schema = new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = extents?.Count ?? 0,
            ["maxItems"] = extents?.Count ?? MaxRank,
        };
        if (extents is { Count: > 0 })
        {
            schema["prefixItems"] = new JsonArray([.. extents.Select(extent =>
                extent is null ? AnyExtent() : new JsonObject { ["const"] = extent.DeepClone() })]);
        }
        else
        {
            schema["items"] = AnyExtent();
        }

        return schema;
    }

    private static JsonObject AnyExtent() => new() { ["type"] = "integer", ["minimum"] = 0 };
}

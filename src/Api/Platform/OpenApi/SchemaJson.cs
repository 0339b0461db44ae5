using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Builds schemas from JSON, which is easier to read than the object model.</summary>
internal static class SchemaJson
{
    /// <summary>The schema that a JSON object describes; supports the keywords that this document uses.</summary>
    /// <param name="json">The object.</param>
    public static OpenApiSchema Read(JsonObject json) => new()
    {
        Title = (string?)json["title"],
        Description = (string?)json["description"],
        Type = TypeOf((string?)json["type"]),
        Format = (string?)json["format"],
        Minimum = json["minimum"]?.ToJsonString(),
        Enum = json["enum"]?.AsArray().Select(value => value!.DeepClone()).ToList(),
        Examples = json["example"] is { } example ? [example.DeepClone()] : null,
        Items = json["items"] is JsonObject items ? Read(items) : null,
        OneOf = json["oneOf"]?.AsArray().Select(form => (IOpenApiSchema)Read(form!.AsObject())).ToList(),
        Properties = json["properties"]?.AsObject().ToDictionary(member => member.Key, member => (IOpenApiSchema)Read(member.Value!.AsObject())),
        Required = json["required"]?.AsArray().Select(name => (string)name!).ToHashSet(),
        AdditionalPropertiesAllowed = json["additionalProperties"] is not JsonValue allowed || (bool)allowed,
        AdditionalProperties = json["additionalProperties"] is JsonObject values ? Read(values) : null,
    };

    private static JsonSchemaType? TypeOf(string? name) => name is null ? null : Enum.Parse<JsonSchemaType>(name, ignoreCase: true);
}

using System.Text.Json.Nodes;

namespace Backprop.Api.Tests.OpenApi;

/// <summary>An operation of the document.</summary>
/// <param name="Method">The method in lower case.</param>
/// <param name="Path">The path template.</param>
/// <param name="Json">Its description.</param>
internal sealed record DocumentedOperation(string Method, string Path, JsonObject Json)
{
    public string Id => (string)Json["operationId"]!;

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The OpenAPI document of a service.</summary>
/// <param name="Json">The document.</param>
internal sealed record ApiDocument(JsonObject Json)
{
    public const string Uri = "/swagger/v1/swagger.json";

    public IEnumerable<DocumentedOperation> Operations =>
        from path in Json["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new DocumentedOperation(operation.Key, path.Key, operation.Value!.AsObject());

    public static async Task<ApiDocument> ReadAsync(HttpClient http) => new(JsonNode.Parse(await http.GetStringAsync(Uri))!.AsObject());

    /// <summary>A node, or the component that it refers to.</summary>
    /// <param name="node">The node.</param>
    public JsonObject Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/')[1..].Aggregate((JsonNode)Json, (found, name) => found[name]!).AsObject()
        : node.AsObject();

    /// <summary>The answers of an operation by status, references resolved.</summary>
    /// <param name="operation">The operation.</param>
    public IEnumerable<(string Status, JsonObject Response)> Responses(DocumentedOperation operation) =>
        operation.Json["responses"]!.AsObject().Select(entry => (entry.Key, Resolve(entry.Value!)));
}

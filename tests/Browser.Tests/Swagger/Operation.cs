using System.Text.Json.Nodes;

namespace Backprop.Browser.Tests.Swagger;

/// <summary>An operation of the OpenAPI document.</summary>
/// <param name="Method">The method in lower case.</param>
/// <param name="Path">The path template.</param>
/// <param name="Json">Its description.</param>
internal sealed record Operation(string Method, string Path, JsonObject Json)
{
    public string Id => (string)Json["operationId"]!;

    public string Tag => (string)Json["tags"]![0]!;

    /// <summary>The first segment of the path: the collection that the operation works on.</summary>
    public string Collection => Path.Split('/')[1];

    public IEnumerable<string> PathParameters =>
        from parameter in Json["parameters"]?.AsArray() ?? []
        where (string?)parameter["in"] == "path"
        select (string)parameter["name"]!;

    /// <summary>The names of the examples of the body; one null if it has no body.</summary>
    public IReadOnlyList<string?> Examples =>
        Json["requestBody"]?["content"]?["application/json"]?["examples"] is JsonObject examples
            ? [.. examples.Select(example => example.Key)]
            : [null];

    public bool TakesToken => Alternatives.Any(alternative => alternative.ContainsKey("bearer"));

    public bool RequiresToken => TakesToken && Alternatives.All(alternative => alternative.ContainsKey("bearer"));

    private IEnumerable<JsonObject> Alternatives => Json["security"]?.AsArray().Select(alternative => alternative!.AsObject()) ?? [];

    /// <summary>The operations of a document in the order of the page.</summary>
    /// <param name="document">The document.</param>
    public static IReadOnlyList<Operation> Read(string document) =>
    [
        .. from path in JsonNode.Parse(document)!["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Operation(operation.Key, path.Key, operation.Value!.AsObject()),
    ];
}

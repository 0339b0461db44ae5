using System.Text.Json.Nodes;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>
/// Shows what the service answered to the examples of the document, kept in <c>answers.json</c>. The tests record it, and compare it with what the
/// service answers now.
/// </summary>
internal sealed class AnswerExamples : IDocumentFilter
{
    /// <summary>The name of the file, beside the assembly.</summary>
    public const string FileName = "answers.json";

    /// <summary>The name of the answer to a request without a body.</summary>
    public const string Only = "Answer";

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        string path = Path.Combine(AppContext.BaseDirectory, FileName);
        JsonNode? recorded = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
        foreach (OpenApiOperation operation in swaggerDoc.Paths.Values.SelectMany(item => item.Operations ?? []).Select(entry => entry.Value))
        {
            if (operation.OperationId is { } id && recorded?["operations"]?[id] is JsonObject answers)
            {
                Show(operation, answers);
            }
        }

        foreach ((string name, JsonNode? problem) in recorded?["problems"]?.AsObject() ?? [])
        {
            if (swaggerDoc.Components?.Responses?.TryGetValue(name, out IOpenApiResponse? response) == true
                && Content(response, ProblemWriter.ContentType) is { } content)
            {
                content.Example = problem?.DeepClone();
            }
        }
    }

    private static void Show(OpenApiOperation operation, JsonObject answers)
    {
        foreach ((string status, JsonNode? bodies) in answers)
        {
            if (operation.Responses?.TryGetValue(status, out IOpenApiResponse? response) == true
                && Content(response, JsonMediaType.Plain) is { } content)
            {
                content.Examples = bodies!.AsObject().ToDictionary(
                    body => body.Key, body => (IOpenApiExample)new OpenApiExample { Value = body.Value?.DeepClone() });
            }
        }
    }

    private static OpenApiMediaType? Content(IOpenApiResponse response, string mediaType) =>
        response.Content?.TryGetValue(mediaType, out IOpenApiMediaType? content) == true ? content as OpenApiMediaType : null;
}

using System.Text.Json.Nodes;
using Backprop.Api.Platform.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents the body of a route with its examples, and the examples of its parameters.</summary>
internal sealed class ExampleFilter : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // Suffixed types are accepted too; listing them would repeat every body. A model is documented as binary.
        operation.RequestBody?.Content?.Remove(JsonMediaType.Suffixed);
        if (Body(operation, OnnxMediaType.Name) is { } model)
        {
            model.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }

        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<RequestExample>())
        {
            ShowBody(operation, example);
        }

        foreach (var example in metadata.OfType<ParameterExample>())
        {
            ShowParameter(operation, example);
        }
    }

    private static OpenApiMediaType? Body(OpenApiOperation operation, string mediaType) =>
        operation.RequestBody?.Content is { } contents && contents.TryGetValue(mediaType, out var content) ? content as OpenApiMediaType : null;

    private static void ShowBody(OpenApiOperation operation, RequestExample example)
    {
        // A route that reads its body itself declares none.
        operation.RequestBody ??= new OpenApiRequestBody
        {
            Content = new Dictionary<string,
                IOpenApiMediaType>
            { [JsonMediaType.Plain] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
        };
        if (Body(operation, JsonMediaType.Plain) is { } content)
        {
            content.Examples ??= new Dictionary<string, IOpenApiExample>();
            content.Examples[example.Name] = new OpenApiExample { Value = JsonNode.Parse(example.Json) };
        }
    }

    private static void ShowParameter(OpenApiOperation operation, ParameterExample example)
    {
        var parameter = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == example.Parameter)
            ?? throw new InvalidOperationException($"{operation.OperationId} has no parameter {example.Parameter} for its example.");
        parameter.Example = parameter.Schema?.Type is JsonSchemaType.Integer or JsonSchemaType.Number or JsonSchemaType.Boolean
            ? JsonNode.Parse(example.Value)
            : JsonValue.Create(example.Value);
    }
}

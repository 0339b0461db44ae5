using System.Text.Json.Nodes;
using Backprop.Api.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.OpenApi;

/// <summary>Shows the body of a route once, with its example, and the examples of its parameters.</summary>
public sealed class ExampleFilter : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // Suffixed types are accepted too; showing them would repeat every body.
        operation.RequestBody?.Content?.Remove(JsonMediaType.Suffixed);
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<RequestExample>())
            ShowBody(operation, example);
        foreach (var example in metadata.OfType<ParameterExample>())
            ShowParameter(operation, example);
    }

    private static void ShowBody(OpenApiOperation operation, RequestExample example)
    {
        // A route that reads its body by hand declares none.
        operation.RequestBody ??= new OpenApiRequestBody
        {
            Content = new Dictionary<string, IOpenApiMediaType> { [JsonMediaType.Plain] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
        };
        foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            content.Examples ??= new Dictionary<string, IOpenApiExample>();
            content.Examples[example.Name] = new OpenApiExample { Value = JsonNode.Parse(example.Json) };
        }
    }

    private static void ShowParameter(OpenApiOperation operation, ParameterExample example)
    {
        var parameter = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == example.Parameter)
            ?? throw new InvalidOperationException($"{operation.OperationId} has no parameter {example.Parameter} to show an example of.");
        parameter.Example = JsonValue.Create(example.Value);
    }
}

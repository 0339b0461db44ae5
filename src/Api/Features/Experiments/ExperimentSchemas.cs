using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Compute.Experiments;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using ExperimentSeries = Backprop.Client.Experiments.ExperimentSeries;

namespace Backprop.Api.Features.Experiments;

/// <summary>
/// Documents the body of each experiment with the ranges and defaults of its parameters, and that the numbers of a curve may end in NaN or infinity.
/// </summary>
internal sealed class ExperimentSchemas : IOperationFilter, ISchemaFilter
{
    private const string Number = """{"oneOf":[{"type":"number","format":"double"},{"type":"string","enum":["NaN","Infinity","-Infinity"]}]}""";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Experiment>().FirstOrDefault() is { } experiment
            && operation.RequestBody?.Content?.TryGetValue(JsonMediaType.Plain, out IOpenApiMediaType? content) == true
            && content is OpenApiMediaType json)
        {
            json.Schema = Body(experiment);
        }
    }

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.Type == typeof(ExperimentSeries) && schema.Properties?.TryGetValue("y", out IOpenApiSchema? y) == true
            && y is OpenApiSchema numbers)
        {
            numbers.Items = SchemaJson.Read(JsonNode.Parse(Number)!.AsObject());
        }
    }

    private static OpenApiSchema Body(Experiment experiment)
    {
        Dictionary<string, IOpenApiSchema> properties =
            experiment.Parameters.ToDictionary(parameter => parameter.Name, parameter => (IOpenApiSchema)Parameter(parameter));
        properties["seed"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Description = "The seed of its random numbers.",
            Default = 0,
        };
        return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = false, Properties = properties };
    }

    private static OpenApiSchema Parameter(ExperimentParameter parameter) => new()
    {
        Type = parameter.Kind switch
        {
            ParameterKind.Boolean => JsonSchemaType.Boolean,
            ParameterKind.Choice => JsonSchemaType.String,
            ParameterKind.Integer => JsonSchemaType.Integer,
            _ => JsonSchemaType.Number,
        },
        Format = parameter.Kind == ParameterKind.Number ? "double" : parameter.Kind == ParameterKind.Integer ? "int32" : null,
        Description = parameter.Description,
        Minimum = parameter.Minimum?.ToString("R", CultureInfo.InvariantCulture),
        Maximum = parameter.Maximum?.ToString("R", CultureInfo.InvariantCulture),
        Enum = parameter.Choices.Count == 0 ? null : [.. parameter.Choices.Select(word => (JsonNode)JsonValue.Create(word))],
        Default = parameter.Default switch
        {
            { Number: { } number } => JsonValue.Create(number),
            { Flag: { } flag } => JsonValue.Create(flag),
            { Text: var text } => JsonValue.Create(text),
        },
    };
}

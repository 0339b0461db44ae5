using Backprop.Client.Training;
using Backprop.Client.Values;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>The schema of a parameter of a training run: a value, or how it is drawn.</summary>
internal sealed class ParameterSchema : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { AllOf: null or { Count: 0 } } target || context.Type != typeof(ParameterContract))
        {
            return;
        }

        target.Type = null;
        target.Properties = null;
        target.Required = null;
        target.AdditionalPropertiesAllowed = true;
        target.AdditionalProperties = null;
        target.AnyOf =
        [
            context.SchemaGenerator.GenerateSchema(typeof(InitializerContract), context.SchemaRepository),
            context.SchemaGenerator.GenerateSchema(typeof(TensorValue), context.SchemaRepository),
        ];
    }
}

using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>
/// Leaves <c>nullable</c> out of members that only refer to a schema: without a type beside it the word has no meaning, and validators reject it.
/// Such members are optional, which suffices.
/// </summary>
internal sealed class ReferenceSchemas : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema { AllOf.Count: > 0, Type: JsonSchemaType.Null } reference)
        {
            reference.Type = null;
        }
    }
}

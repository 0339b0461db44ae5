using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Marks a route that can also answer in another media type, if the client prefers it to JSON.</summary>
/// <param name="MediaType">The media type.</param>
/// <param name="Format">Its string format in OpenAPI: <c>binary</c> unless it is text.</param>
internal sealed record OtherFormat(string MediaType, string? Format = null);

/// <summary>Documents these media types in addition to JSON.</summary>
internal sealed class OtherFormats : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (OtherFormat other in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OtherFormat>())
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } content })
            {
                content[other.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Format = other.Format
                    }
                };
            }
        }
    }
}

using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Marks a route that answers in another form too, where a client prefers its media type to JSON.</summary>
/// <param name="MediaType">The media type.</param>
/// <param name="Format">The format of its string in OpenAPI: <c>binary</c> for what is no text.</param>
public sealed record OtherFormat(string MediaType, string? Format = null);

/// <summary>Shows the other forms of answers beside their JSON.</summary>
public sealed class OtherFormats : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (OtherFormat other in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OtherFormat>())
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } content })
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

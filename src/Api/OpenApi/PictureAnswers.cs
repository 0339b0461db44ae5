using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.OpenApi;

/// <summary>Marks a route that answers a picture too, where a client prefers its media type to JSON.</summary>
/// <param name="MediaType">The media type.</param>
public sealed record PictureAnswer(string MediaType);

/// <summary>Shows the pictures of routes beside their JSON.</summary>
public sealed class PictureAnswers : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (PictureAnswer picture in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<PictureAnswer>())
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } content })
                content[picture.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}

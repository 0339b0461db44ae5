using Backprop.Api.Platform.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents which routes accept a key. Compute routes require one only if it is configured, so it is optional there.</summary>
internal sealed class KeyRequirements : IOperationFilter
{
    /// <summary>The scheme's name in the document.</summary>
    public const string Scheme = "apiKey";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RequiredKey>().FirstOrDefault() is not { } key)
        {
            return;
        }

        var keyed = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] };
        operation.Security = key.Kind == KeyKind.Compute ? [new OpenApiSecurityRequirement(), keyed] : [keyed];
    }
}

using Backprop.Api.Platform.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents which routes accept a learner's token; it is optional on routes that also work without an account.</summary>
internal sealed class LearnerRequirements : IOperationFilter
{
    /// <summary>The scheme's name in the document.</summary>
    public const string Scheme = "bearer";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (LearnerRoutes.RequiresLearner(context.ApiDescription.ActionDescriptor.EndpointMetadata) is not { } isRequired)
        {
            return;
        }

        var signedIn = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] };
        operation.Security = isRequired ? [signedIn] : [new OpenApiSecurityRequirement(), signedIn];
    }
}

using Backprop.Api.Features.Accounts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Shows which routes take the token of a learner; where they welcome everyone, it is an alternative to none.</summary>
public sealed class LearnerRequirements : IOperationFilter
{
    /// <summary>The scheme's name in the document.</summary>
    public const string Scheme = "bearer";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (LearnersSetup.AsksForLearner(context.ApiDescription.ActionDescriptor.EndpointMetadata) is not { } isRequired)
            return;
        var signedIn = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] };
        operation.Security = isRequired ? [signedIn] : [new OpenApiSecurityRequirement(), signedIn];
    }
}

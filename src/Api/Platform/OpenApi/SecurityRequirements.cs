using Backprop.Api.Platform.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>
/// States for every route which credentials it takes: none; a key or a learner's token; or either of them or nothing. Compute routes require a key
/// only if one is configured, and most of practice also works without an account.
/// </summary>
internal sealed class SecurityRequirements : IOperationFilter
{
    /// <summary>The name of the scheme of keys.</summary>
    public const string Key = "apiKey";

    /// <summary>The name of the scheme of learners' tokens.</summary>
    public const string Token = "bearer";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        IList<object> metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Security = [];
        if (metadata.OfType<RequiredKey>().FirstOrDefault() is { } key)
        {
            Add(Key, isRequired: key.Kind == KeyKind.Write);
        }

        if (LearnerRoutes.RequiresLearner(metadata) is { } isRequired)
        {
            Add(Token, isRequired);
        }

        void Add(string scheme, bool isRequired)
        {
            if (!isRequired)
            {
                operation.Security.Add(new OpenApiSecurityRequirement());
            }

            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] });
        }
    }
}

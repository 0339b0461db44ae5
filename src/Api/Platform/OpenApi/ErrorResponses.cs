using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Security;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Documents the errors of a route. They follow from its conventions, so no route lists them.</summary>
internal sealed class ErrorResponses : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // Other protocols document their own errors.
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ProblemForm>().Any())
        {
            return;
        }

        var schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        var content = new Dictionary<string, IOpenApiMediaType> { [ProblemWriter.ContentType] = new OpenApiMediaType { Schema = schema } };
        operation.Responses ??= [];
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        foreach (var (status, description) in Of(metadata, operation))
        {
            operation.Responses.TryAdd(status.ToString(), new OpenApiResponse { Description = description, Content = content });
        }

        if (context.ApiDescription.HttpMethod != HttpMethods.Get && !metadata.OfType<ComputeRoute>().Any())
        {
            const string Full = "Nothing can be stored at present; `Retry-After` says when to try again.";
            operation.Responses.TryAdd("507", new OpenApiResponse { Description = Full, Content = content });
        }
    }

    private static IEnumerable<(int Status, string Description)> Of(IList<object> metadata, OpenApiOperation operation)
    {
        var key = metadata.OfType<RequiredKey>().FirstOrDefault();
        var hasBody = metadata.OfType<IAcceptsMetadata>().Any();
        if (hasBody || operation.Parameters is { Count: > 0 })
        {
            yield return (400, "Malformed: a member is missing, unknown, duplicated or of the wrong type.");
        }

        if (key is not null)
        {
            yield return (401, "The key is missing or wrong.");
        }

        if (LearnerRoutes.RequiresLearner(metadata) is not null || metadata.OfType<EnableRateLimitingAttribute>()
            .Any(rate => rate.PolicyName == SignInRate.Policy))
        {
            yield return (401, "The token or the password is wrong or no longer valid.");
        }

        if (key is { Kind: KeyKind.Write })
        {
            yield return (403, "Writes are disabled: no write key is configured.");
        }

        if (hasBody || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            yield return (404, "The resource, or a graph that the request names, does not exist.");
        }

        if (hasBody)
        {
            yield return (413, "The body exceeds the limit.");
            yield return (415, "The body is not JSON.");
            yield return (422, "Well-formed but invalid: `errors` gives the path, `node` the node, `line`, `column` and `length` the place in an " +
                "expression, `limit` the limit.");
        }
        if (metadata.OfType<DrawingRoute>().Any())
        {
            yield return (429, "The client draws too often; `Retry-After` says when to try again.");
        }

        if (metadata.OfType<EnableRateLimitingAttribute>().Any(rate => rate.PolicyName == SignInRate.Policy))
        {
            yield return (429, "The client signs in too often; `Retry-After` says when to try again.");
        }

        if (metadata.OfType<ComputeRoute>().Any())
        {
            yield return (429, "Too many requests are computing; `Retry-After` says when to try again.");
            yield return (503, "Memory or the database is busy with other requests; `Retry-After` says when to try again.");
        }
    }
}

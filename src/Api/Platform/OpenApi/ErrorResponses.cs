using Backprop.Api.Features.Accounts;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Security;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Shows the errors that a route may answer. They follow from what it asks for, so no route lists them.</summary>
public sealed class ErrorResponses : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        // The errors of other protocols are theirs to describe.
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ProblemForm>().Any())
            return;
        var schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        var content = new Dictionary<string, IOpenApiMediaType> { [ProblemWriter.ContentType] = new OpenApiMediaType { Schema = schema } };
        operation.Responses ??= [];
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        foreach (var (status, description) in Of(metadata, operation))
            operation.Responses.TryAdd(status.ToString(), new OpenApiResponse { Description = description, Content = content });
        if (context.ApiDescription.HttpMethod != HttpMethods.Get && !metadata.OfType<ComputeRoute>().Any())
        {
            const string Full = "Nothing can be stored now; `Retry-After` says when to come again.";
            operation.Responses.TryAdd("507", new OpenApiResponse { Description = Full, Content = content });
        }
    }

    private static IEnumerable<(int Status, string Description)> Of(IList<object> metadata, OpenApiOperation operation)
    {
        var key = metadata.OfType<RequiredKey>().FirstOrDefault();
        var hasBody = metadata.OfType<IAcceptsMetadata>().Any();
        if (hasBody || operation.Parameters is { Count: > 0 })
            yield return (400, "Malformed: a member that is missing, unknown, doubled or of the wrong type.");
        if (key is not null)
            yield return (401, "The key is missing or wrong.");
        if (LearnersSetup.AsksForLearner(metadata) is not null || metadata.OfType<EnableRateLimitingAttribute>()
            .Any(rate => rate.PolicyName == SignInRate.Policy))
            yield return (401, "The token or the password is wrong, or no longer valid.");
        if (key is { Kind: KeyKind.Write })
            yield return (403, "Writes are off: no key is configured for them.");
        if (hasBody || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            yield return (404, "It does not exist, or a graph that it names does not.");
        if (hasBody)
        {
            yield return (413, "The body is larger than the limit.");
            yield return (415, "The body is not JSON.");
            yield return (422, "Well-formed but wrong: `errors` says where, `node` which node, `limit` which limit.");
        }
        if (metadata.OfType<DrawingRoute>().Any())
            yield return (429, "One client draws too often; `Retry-After` says when to come again.");
        if (metadata.OfType<EnableRateLimitingAttribute>().Any(rate => rate.PolicyName == SignInRate.Policy))
            yield return (429, "One client signs in too often; `Retry-After` says when to come again.");
        if (metadata.OfType<ComputeRoute>().Any())
        {
            yield return (429, "Too many requests are computing; `Retry-After` says when there will be a permit.");
            yield return (503, "Other requests hold the memory or the database; `Retry-After` says when to come back.");
        }
    }
}

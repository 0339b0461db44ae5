using System.Globalization;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Security;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>
/// Documents the errors of a route. Most follow from its conventions, so that only conflicts need to be listed by the route; all refer to the same
/// components.
/// </summary>
internal sealed class ErrorResponses : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        IList<object> metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var form = metadata.OfType<ProblemForm>().FirstOrDefault();
        OpenApiResponses given = operation.Responses ?? [];
        var all = new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        foreach ((string status, IOpenApiResponse response) in given)
        {
            all[status] = response.Content?.ContainsKey(ProblemWriter.ContentType) == true
                ? ProblemResponses.Of(int.Parse(status, CultureInfo.InvariantCulture), null, context.Document)
                : response;
        }

        foreach (int status in Of(metadata, operation, context.ApiDescription.HttpMethod).Select(status => form?.StatusOf(status) ?? status))
        {
            all.TryAdd($"{status}", ProblemResponses.Of(status, form, context.Document));
        }

        // Checked before routing, so that the form is that of our own routes: the only error of a route that takes no input.
        if (!all.Keys.Any(status => status[0] == '4'))
        {
            all["414"] = ProblemResponses.Of(414, null, context.Document);
        }

        operation.Responses = [];
        foreach ((string status, IOpenApiResponse response) in all)
        {
            operation.Responses[status] = response;
        }
    }

    private static IEnumerable<int> Of(IList<object> metadata, OpenApiOperation operation, string? method)
    {
        bool hasMediaType = metadata.OfType<IAcceptsMetadata>().Any();
        bool hasBody = hasMediaType || metadata.OfType<RequestExample>().Any();
        bool hasPath = operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true;
        bool isSignIn = metadata.OfType<EnableRateLimitingAttribute>().Any(rate => rate.PolicyName == SignInRate.Policy);
        bool computes = metadata.OfType<ComputeRoute>().Any();
        var key = metadata.OfType<RequiredKey>().FirstOrDefault();
        var statuses = new (int Status, bool Applies)[]
        {
            (400, hasBody || operation.Parameters is { Count: > 0 }),
            (401, key is not null || isSignIn || LearnerRoutes.RequiresLearner(metadata) is not null),
            (403, key is { Kind: KeyKind.Write }),
            (404, hasBody || hasPath),
            (413, hasBody),
            (415, hasMediaType),
            (422, hasBody),
            (429, computes || isSignIn || metadata.OfType<DrawingRoute>().Any()),
            (503, computes),
            (507, method != HttpMethods.Get && !computes),
        };
        return statuses.Where(entry => entry.Applies).Select(entry => entry.Status);
    }
}

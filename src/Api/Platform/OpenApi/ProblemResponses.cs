using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>The errors of all routes, each described once as a component of the document.</summary>
internal sealed class ProblemResponses : IDocumentFilter
{
    private const string Later = "`Retry-After` says when to try again.";

    private static readonly FrozenDictionary<int, string> Descriptions = new Dictionary<int, string>
    {
        [400] = "Malformed: a member or a parameter is missing, unknown, duplicated or of the wrong type.",
        [401] = "The key, the token or the password is missing, wrong or no longer valid.",
        [403] = "Writes are disabled: no write key is configured.",
        [404] = "The resource, or a graph that the request names, does not exist.",
        [409] = "The request contradicts the state of the resource.",
        [413] = "The body exceeds the limit.",
        [414] = "Path and query exceed the limit.",
        [415] = "The media type of the body is not one that the route takes.",
        [422] = "Well-formed but invalid: `errors` gives the path, `node` the node, `line`, `column` and `length` the place in an " +
            "expression, `limit` the limit.",
        [429] = "Too many requests, of this client or computing at once; " + Later,
        [500] = "A fault of the service; `traceId` identifies the request in its logs.",
        [503] = "Memory or the database is busy with other requests; " + Later,
        [507] = "Nothing can be stored at present; " + Later,
    }.ToFrozenDictionary();

    private static readonly int[] Retried = [429, 503, 507];

    /// <summary>A reference to the error of a status, in the form of our own routes or of an external protocol.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="form">The form of the errors; null for our own.</param>
    /// <param name="document">The document.</param>
    public static OpenApiResponseReference Of(int status, ProblemForm? form, OpenApiDocument? document) => new(Name(status, form), document);

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var named = swaggerDoc.Paths.Values
            .SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Responses ?? [])
            .Select(response => response.Value)
            .OfType<OpenApiResponseReference>()
            .Select(reference => reference.Reference.Id)
            .ToHashSet();
        IEnumerable<ProblemForm?> forms = context.ApiDescriptions
            .Select(route => route.ActionDescriptor.EndpointMetadata.OfType<ProblemForm>().FirstOrDefault())
            .Distinct()
            .OrderBy(form => form?.Body.Name, StringComparer.Ordinal);
        swaggerDoc.Components!.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (ProblemForm? form in forms)
        {
            foreach (int status in Descriptions.Keys.Order().Where(status => named.Contains(Name(status, form))))
            {
                swaggerDoc.Components.Responses[Name(status, form)] = Response(status, form, context);
            }
        }
    }

    private static OpenApiResponse Response(int status, ProblemForm? form, DocumentFilterContext context) => new()
    {
        Description = Descriptions[status],
        Headers = Retried.Contains(status) ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Seconds() } : null,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [form is null ? ProblemWriter.ContentType : ProblemForm.ContentType] = new OpenApiMediaType
            {
                Schema = context.SchemaGenerator.GenerateSchema(form?.Body ?? typeof(Problem), context.SchemaRepository),
                Example = form is null ? Least(status) : null,
            },
        },
    };

    // For an error that no recorded request gets: the members that every problem has.
    private static JsonObject Least(int status)
    {
        var problem = new Problem(status, Descriptions[status]);
        return new JsonObject { ["title"] = problem.Title, ["status"] = problem.Status, ["detail"] = problem.Detail };
    }

    private static OpenApiHeader Seconds() => new()
    {
        Description = "Seconds to wait before the next attempt.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" },
    };

    // "NotFound", or of a protocol "TesseractNotFound".
    private static string Name(int status, ProblemForm? form) =>
        form?.Body.Name.Replace("Error", "", StringComparison.Ordinal)
        + ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
}

using System.Collections.Frozen;
using Backprop.Api.Platform.Routes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Backprop.Api.Platform.OpenApi;

/// <summary>Adds the query parameters that routes read themselves, and describes those that are called the same on many routes.</summary>
internal sealed class DocumentedParameters : IOperationFilter
{
    private static readonly FrozenDictionary<string, string> Usual = new Dictionary<string, string>
    {
        ["id"] = "The id; of a graph, a model or a device also an alias.",
        ["questionId"] = "The id of the question.",
        ["name"] = "The name.",
        ["number"] = "The number, from 1.",
        ["q"] = "Words to search for.",
        ["hide"] = "What to leave out; may be repeated.",
        ["starred"] = "Only starred questions, or only others.",
        ["limit"] = "How many items to return at most.",
        ["cursor"] = "Where to continue: `nextCursor` of the page before.",
        ["sort"] = "The order of the items.",
        ["format"] = "The format of the answer.",
        ["form"] = "The form of the answer.",
        ["dimension"] = "A symbolic dimension and its extent, such as `batch:4`; may be repeated.",
        ["optimizer"] = "The optimizer whose step to take.",
        ["family"] = "The family, in full; case is ignored.",
        ["minParameters"] = "The least number of parameters.",
        ["maxParameters"] = "The greatest number of parameters.",
        ["vendor"] = "The vendor, in full; case is ignored.",
        ["kind"] = "The kind.",
        ["minMemoryGb"] = "The least memory in GB.",
        ["maxMemoryGb"] = "The greatest memory in GB.",
        ["amount"] = "How many questions, from 1 to 50.",
        ["category"] = "The number of a category.",
        ["difficulty"] = "`easy`, `medium` or `hard`.",
        ["type"] = "`multiple` or `boolean`.",
        ["encode"] = "`urlLegacy`, `url3986` or `base64`; HTML entities by default.",
        ["token"] = "A token of `/api_token.php`, which prevents repeated questions.",
        ["command"] = "`request` for a new token, `reset` to clear the questions that a token has seen.",
        ["state"] = "Only those in this state.",
        ["from"] = "The first step.",
        ["to"] = "The last step.",
        ["metric"] = "What to plot; may be repeated.",
        ["scale"] = "The scale of the vertical axis.",
        ["parameter"] = "A parameter whose ratio to plot; may be repeated.",
        ["step"] = "Which parameters: those of the last checkpoint, or the best up to it.",
        ["encoding"] = "The form of the values in the answer.",
        ["Last-Event-ID"] = "The id of the last event that was read: the events after it follow.",
        ["Idempotency-Key"] = "A value of your own, with which the same request may be repeated without being counted twice.",
    }.ToFrozenDictionary();

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var added in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = added.Name,
                In = ParameterLocation.Query,
                Description = added.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        foreach (var parameter in (operation.Parameters ?? []).Where(parameter => parameter.Description is null))
        {
            parameter.Description = Usual.GetValueOrDefault(parameter.Name ?? "");
        }
    }
}

using System.Reflection;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Routes;
using Backprop.Client.Graphs;
using Microsoft.AspNetCore.Http.Metadata;

namespace Backprop.Api.Features.Graphs;

/// <summary>A graph to register: as JSON, or an ONNX file with its alias in the query parameter <c>alias</c>.</summary>
/// <param name="Value">The registration.</param>
internal sealed record RegistrationBody(GraphRegistrationRequest Value) : JsonBody<GraphRegistrationRequest>(Value),
    IEndpointParameterMetadataProvider
{
    /// <summary>Reads the body in either form.</summary>
    /// <param name="context">The request.</param>
    public static new async ValueTask<RegistrationBody> BindAsync(HttpContext context)
    {
        if (!OnnxMediaType.IsOf(context.Request))
        {
            return new RegistrationBody((await JsonBody<GraphRegistrationRequest>.BindAsync(context)).Value);
        }

        using var bytes = await PooledBody.ReadAsync(context.Request);
        return new RegistrationBody(new GraphRegistrationRequest
        {
            Onnx = bytes.Memory.ToArray(),
            Alias = context.Request.Query["alias"].FirstOrDefault()
        });
    }

    /// <summary>Shows both forms to OpenAPI.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    public static new void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([JsonMediaType.Plain, JsonMediaType.Suffixed, OnnxMediaType.Name], typeof(GraphRegistrationRequest),
            isOptional: false));
        builder.Metadata.Add(new QueryParameter("alias", "The alias of a model that is sent as a file; JSON names it in the body."));
    }
}

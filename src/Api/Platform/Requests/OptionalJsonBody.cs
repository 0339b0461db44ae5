using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Backprop.Api.Platform.Requests;

/// <summary>A JSON body that may be left out, which means the same as <c>{}</c>.</summary>
/// <typeparam name="T">The contract record.</typeparam>
/// <param name="Value">The content of the body.</param>
internal sealed record OptionalJsonBody<T>(T Value) : JsonBody<T>(Value), IEndpointParameterMetadataProvider where T : class, new()
{
    /// <summary>Reads the body, if there is one.</summary>
    /// <param name="context">The request.</param>
    public static new async ValueTask<OptionalJsonBody<T>> BindAsync(HttpContext context)
    {
        bool hasBody = context.Request.ContentLength is null or > 0
            && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;
        return new OptionalJsonBody<T>(hasBody ? (await JsonBody<T>.BindAsync(context)).Value : new T());
    }

    /// <summary>Documents the body's type in OpenAPI.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    public static new void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonMediaType.Plain, JsonMediaType.Suffixed], typeof(T), isOptional: true));
}

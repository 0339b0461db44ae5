using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Backprop.Api.FastPath;
using Backprop.Api.Platform.Requests;
using Backprop.Compute.Engine;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Derivatives;

/// <summary>The answer to a query: writes it, and prepares the next request that differs only in its values.</summary>
/// <typeparam name="T">The contract record.</typeparam>
/// <param name="asked">The query and the run that answered it.</param>
/// <param name="contract">Maps a run to the contract; it keeps nothing large of <paramref name="asked"/>.</param>
public sealed class DerivativeResult<T>(QueryExecution asked, Func<Execution, T> contract) : IResult, IEndpointMetadataProvider
{
    /// <summary>False if the answer depends on more than the values of one run, so that the next request must take the ordinary path again.</summary>
    public bool Repeats { get; init; } = true;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var form = new ResponseWriter<T>(contract, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        await JsonAnswer.WriteAsync(httpContext, form, asked.Execution, options);
        if (Repeats)
            httpContext.Features.Get<FastPathRequest>()?.Learn(asked, form);
    }

    /// <summary>Shows the answer to OpenAPI.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [JsonMediaType.Plain]));
}

using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Backprop.Api.FastPath;
using Backprop.Api.Platform.Requests;
using Backprop.Compute.Engine;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Derivatives;

/// <summary>
/// The answer to a question: it is written, and the next request that differs in its values alone is answered by the same plan and form.
/// </summary>
/// <typeparam name="T">The contract record.</typeparam>
/// <param name="asked">The question and the run that answered it.</param>
/// <param name="contract">The record that tells of a run; it keeps nothing of <paramref name="asked"/> that is large.</param>
public sealed class DerivativeResult<T>(QueryExecution asked, Func<Execution, T> contract) : IResult, IEndpointMetadataProvider
{
    /// <summary>False where more than the values of one run is told, so that the next request has to take the ordinary way again.</summary>
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

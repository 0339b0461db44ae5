using System.IO.Pipelines;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Backprop.Api.FastPath;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Responses;
using Backprop.Compute.Engine;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Derivatives;

/// <summary>
/// The answer to a query as a contract record. The next request that differs only in its values is answered by the same plan and in the same
/// form.
/// </summary>
/// <typeparam name="T">The contract record.</typeparam>
internal sealed class DerivativeResult<T> : ResponseWriter, IResult, IEndpointMetadataProvider
{
    private readonly Func<Execution, T> contract;
    private readonly string graphId;
    private readonly string? graphName;

    // Dropped once it has been written: later runs are written too, and must not keep the numbers of the first alive.
    private Execution? first;

    /// <param name="request">The request with its graph.</param>
    /// <param name="execution">The run.</param>
    /// <param name="contract">Makes the record of a run; it must not keep large parts of the first run or of the request alive.</param>
    public DerivativeResult(ComputationRequest request, Execution execution, Func<Execution, T> contract)
    {
        (graphId, graphName) = (request.Id, request.RegisteredName);
        (first, this.contract) = (execution, contract);
    }

    /// <summary>False if the answer depends on more than the values of one run, so that the next request must take the ordinary path again.</summary>
    public bool Repeats { get; init; } = true;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        Execution execution = Interlocked.Exchange(ref first, null) ?? throw new InvalidOperationException("The result was written before.");
        await JsonAnswer.WriteAsync(httpContext, this, execution, options);
        if (Repeats)
        {
            httpContext.Features.Get<FastPathRequest>()?.Record(this, execution.Query, graphId, graphName);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Execution execution, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, contract(execution), Type(options));

    /// <inheritdoc/>
    public override Task WriteAsync(PipeWriter pipe, Execution execution, JsonSerializerOptions options, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(pipe, contract(execution), Type(options), cancellationToken);

    /// <summary>Shows the answer to OpenAPI.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [JsonMediaType.Plain]));

    private static JsonTypeInfo<T> Type(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

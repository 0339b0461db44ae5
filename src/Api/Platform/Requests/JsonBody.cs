using System.Reflection;
using System.Text.Json;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Telemetry;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Requests;

/// <summary>
/// A JSON body read strictly: the media type is JSON in UTF-8, and unknown, duplicate and missing members are errors (400 at their path).
/// <c>Limits:MaxBodyBytes</c> limits the size of the body after decompression (413).
/// </summary>
/// <typeparam name="T">The contract record.</typeparam>
/// <param name="Value">The content of the body.</param>
internal record JsonBody<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    // Numbers of two characters take eight bytes, twice while a list grows; nodes and names take about that much more than their text.
    private const int ReadBytesPerByte = 8;

    private static ReadOnlySpan<byte> Utf8Mark => "\uFEFF"u8;

    /// <summary>Reads the body; deserialising counts as <c>parse</c>, receiving does not.</summary>
    /// <param name="context">The request.</param>
    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context)
    {
        JsonMediaType.Demand(context.Request);
        if (context.Features.Get<PooledBody>() is { } read)
        {
            return await ReadAsync(read, context);
        }

        using var bytes = await PooledBody.ReadAsync(context.Request);
        return await ReadAsync(bytes, context);
    }

    /// <summary>Documents the body's type in OpenAPI.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="builder">The endpoint.</param>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonMediaType.Plain, JsonMediaType.Suffixed], typeof(T), isOptional: false));

    // Deserialising a large body is computing too.
    private static async ValueTask<JsonBody<T>> ReadAsync(PooledBody body, HttpContext context)
    {
        await ComputePermit.EnterAsync(context);
        MemoryHold.Of(context).Add(ReadBytesPerByte * (long)body.Memory.Length);
        using var parsing = ServerTiming.Of(context).Measure(ServerTiming.Parse);
        return new JsonBody<T>(Deserialize(body.Memory.Span, context));
    }

    private static T Deserialize(ReadOnlySpan<byte> bytes, HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        if (bytes.StartsWith(Utf8Mark))
        {
            bytes = bytes[Utf8Mark.Length..];
        }

        if (bytes.IsEmpty)
        {
            throw new ProblemException(400, "", "The body must be JSON; it is empty.");
        }

        BodyItems.RequireFew<T>(bytes, options, context.RequestServices.GetRequiredService<IOptions<BackpropLimits>>().Value);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, options) ?? throw new ProblemException(400, "", "The body must be an object; it is null.");
        }
        catch (JsonException error)
        {
            throw BodyErrors.Of(error, bytes, options);
        }
    }
}

using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>The sizes of request bodies.</summary>
internal enum BodySize
{
    /// <summary>Names, numbers or an answer: <c>Limits:MaxShortBodyBytes</c>.</summary>
    Short,

    /// <summary>One question with its key: <c>Limits:MaxQuestionBytes</c>.</summary>
    Question,

    /// <summary>Graphs, values or sets of questions: <c>Limits:MaxBodyBytes</c>.</summary>
    Large,
}

/// <summary>
/// Metadata of a route: the limit on its body. Routing passes it on to the server; the decompressor applies it to the decompressed body.
/// </summary>
/// <param name="Key">The configuration key.</param>
/// <param name="Bytes">Its value.</param>
internal sealed record BodyLimit(string Key, long Bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => Bytes;

    /// <summary>The limit of a size.</summary>
    /// <param name="size">The size.</param>
    /// <param name="limits">The configured limits.</param>
    public static BodyLimit Of(BodySize size, BackpropLimits limits)
    {
        (string name, long bytes) = size switch
        {
            BodySize.Large => (nameof(BackpropLimits.MaxBodyBytes), limits.MaxBodyBytes),
            BodySize.Question => (nameof(BackpropLimits.MaxQuestionBytes), limits.MaxQuestionBytes),
            _ => (nameof(BackpropLimits.MaxShortBodyBytes), limits.MaxShortBodyBytes),
        };
        return new BodyLimit($"{BackpropLimits.Section}:{name}", bytes);
    }
}

/// <summary>The convention with which a route states the size of its bodies.</summary>
internal static class BodyLimits
{
    /// <summary>States the size for a route or a group of routes; a route's own statement takes precedence.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    /// <param name="size">The size.</param>
    public static TBuilder WithBodySize<TBuilder>(this TBuilder routes, BodySize size) where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.Metadata.Add(
            BodyLimit.Of(size, endpoint.ApplicationServices.GetRequiredService<IOptions<BackpropLimits>>().Value)));
        return routes;
    }
}

using System.Security.Cryptography;
using System.Text;
using Backprop.Client;
using Backprop.Domain.Operators;
using Backprop.Infrastructure.Persistence;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Requests;

/// <summary>Conditional requests (RFC 9110, section 13): a client that has the current answer gets 304 instead.</summary>
internal static class EntityTags
{
    // Another build of any of these may write a different answer for the same state.
    private static readonly string Build = Convert.ToHexStringLower(SHA256.HashData(
        [.. new[] { typeof(EntityTags), typeof(BackpropJson), typeof(OperatorTable), typeof(GraphRegistry) }
            .SelectMany(type => type.Assembly.ManifestModule.ModuleVersionId.ToByteArray())]))[..8];

    /// <summary>Tags the answers of routes that depend only on the build, such as catalogues.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder WithBuildTag<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified))
        .AddEndpointFilter(static async (call, next) =>
        {
            object? answer = await next(call);
            return IsKnown(call.HttpContext, Guid.Empty) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : answer;
        });

    /// <summary>The state of an answer that depends only on a text.</summary>
    /// <param name="text">The text, such as an id or the parameters of the request.</param>
    public static Guid StateOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Tags the answer with the state it reports; true if the client has it already and the answer is 304.</summary>
    /// <param name="context">The request.</param>
    /// <param name="state">The state: the same state at the same address gives the same answer.</param>
    public static bool IsKnown(HttpContext context, Guid state)
    {
        // Weak, since the bytes differ if the answer is compressed.
        var tag = new EntityTagHeaderValue($"\"{Build}-{state:N}\"", isWeak: true);
        ResponseHeaders(context, tag);
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any)
            || known.Compare(tag, useStrongComparison: false));
    }

    private static void ResponseHeaders(HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.CacheControl = "no-cache";
    }
}

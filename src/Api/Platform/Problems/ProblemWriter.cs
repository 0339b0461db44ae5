using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Api.Platform.Headers;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Backprop.Api.Platform.Problems;

/// <summary>Writes problems whatever the client's <c>Accept</c> header says: an error always has a body.</summary>
internal static class ProblemWriter
{
    /// <summary>The media type of all errors except those of a <see cref="ProblemForm"/>.</summary>
    public const string ContentType = "application/problem+json";

    // Messages use "·", "§" and "→"; without a charset, some clients guess another one than UTF-8.
    private const string Charset = "; charset=utf-8";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes the problem as the response.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    /// <param name="problem">The problem.</param>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var (status, body, type) = Written(context, BriefText.Of(problem));
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;

        // Exception handling clears the headers that were set before.
        SecurityHeaders.ForData(context);

        // The length is stated so that small answers are not compressed. No token: a disconnected client is not an error here.
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (problem.Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        if (IsTooLongToSkip(context))
        {
            response.Headers.Connection = "close";
        }

        await response.Body.WriteAsync(body);
    }

    // An unread body is drained so that the connection can be reused, but only up to the limit of its route; beyond it the connection is closed.
    private static bool IsTooLongToSkip(HttpContext context) =>
        context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    /// <summary>The route of a request, even during exception handling, which clears it.</summary>
    /// <param name="context">The request.</param>
    internal static Endpoint? RouteOf(HttpContext context) => context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    private static (int Status, byte[] Body, string Type) Written(HttpContext context, Problem problem)
    {
        if (problem.OutsideProtocol || RouteOf(context)?.Metadata.GetMetadata<ProblemForm>() is not { } form)
        {
            return (problem.Status, JsonSerializer.SerializeToUtf8Bytes(problem, Options), ContentType + Charset);
        }

        var (status, body) = form.Of(problem);
        return (status, body, ProblemForm.ContentType + Charset);
    }
}

using Backprop.Api.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// Rejects malformed requests before any lookup. The server's own limits are higher, since its own rejections have no body: a malformed request line
/// or Host, headers of more than 32 KiB.
/// </summary>
internal static class RequestShape
{
    /// <summary>Maximum characters of path and query.</summary>
    public const int LongestTarget = 16 << 10;

    /// <summary>Maximum headers of different names.</summary>
    public const int MostHeaders = 64;

    /// <summary>Checks the form of every request.</summary>
    /// <param name="app">The application, within its errors.</param>
    public static WebApplication UseRequestShape(this WebApplication app)
    {
        app.Use(static (context, next) => Refusal(context.Request) is { } refusal ? ProblemWriter.WriteAsync(context, refusal) : next(context));
        return app;
    }

    private static Problem? Refusal(HttpRequest request)
    {
        // RFC 9110, 9.1: methods are case-sensitive; routing would accept "post" as "POST".
        if (request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            string method = request.Method.ToUpperInvariant();
            return new Problem(405, $"Methods are case-sensitive: use {method}, not {request.Method}.") { Header = (HeaderNames.Allow, method) };
        }

        int target = (request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0);
        if (target > LongestTarget)
        {
            return new Problem(414, $"Path and query must have at most {LongestTarget} characters; got {target}.");
        }

        return request.Headers.Count > MostHeaders
            ? new Problem(431, $"A request must have at most {MostHeaders} headers; got {request.Headers.Count}.")
            : null;
    }
}

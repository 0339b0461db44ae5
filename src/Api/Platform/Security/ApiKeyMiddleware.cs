using Backprop.Api.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Security;

/// <summary>Checks the <c>X-Api-Key</c> header on routes that require a key, before the body is read.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="keys">The configured keys.</param>
internal sealed class ApiKeyMiddleware(RequestDelegate next, IOptionsMonitor<ApiKeys> keys)
{
    /// <summary>The header that carries a key.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Passes the request on, or answers 401 or 403.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredKey>() is not { } required)
        {
            return next(context);
        }

        ApiKeys configured = keys.CurrentValue;
        if (configured.Of(required.Kind) is null)
        {
            return required.Kind == KeyKind.Compute ? next(context) : Closed(context);
        }

        bool opens = configured.Opens(required.Kind, context.Request) || (required.OrWrite && configured.Opens(KeyKind.Write, context.Request));
        return opens ? next(context) : Refuse(context, required.Kind);
    }

    private static Task Closed(HttpContext context) => ProblemWriter.WriteAsync(
        context, new Problem(403, "Writes are disabled: no write key is configured (ApiKeys:Write)."));

    private static Task Refuse(HttpContext context, KeyKind kind)
    {
        context.Response.Headers.WWWAuthenticate = $"ApiKey realm=\"{kind}\", header=\"{Header}\"";
        return ProblemWriter.WriteAsync(context, new Problem(401, $"This route requires the key ApiKeys:{kind} in the header {Header}."));
    }
}

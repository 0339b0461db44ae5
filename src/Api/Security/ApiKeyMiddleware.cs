using System.Security.Cryptography;
using System.Text;
using Backprop.Api.Errors;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Security;

/// <summary>Checks the <c>X-Api-Key</c> header of routes that ask for a key, before the body is read.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="keys">The configured keys.</param>
public sealed class ApiKeyMiddleware(RequestDelegate next, IOptionsMonitor<ApiKeys> keys)
{
    /// <summary>The header that carries a key.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Lets the request pass, or answers 401 or 403.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredKey>() is not { } required)
            return next(context);
        if (keys.CurrentValue.Of(required.Kind) is not { } key)
            return required.Kind == KeyKind.Compute ? next(context) : Closed(context);
        return Matches(context.Request.Headers[Header].ToString(), key) ? next(context) : Refuse(context, required.Kind);
    }

    // Digests have one length, so the comparison's time tells nothing about the key, its length included.
    private static bool Matches(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static Task Closed(HttpContext context) => ProblemWriter.WriteAsync(
        context, new Problem(403, "Writes are off: no key is configured for them (ApiKeys:Write)."));

    private static Task Refuse(HttpContext context, KeyKind kind)
    {
        context.Response.Headers.WWWAuthenticate = $"ApiKey realm=\"{kind}\", header=\"{Header}\"";
        return ProblemWriter.WriteAsync(context, new Problem(401, $"This route needs the key ApiKeys:{kind} in the header {Header}."));
    }
}

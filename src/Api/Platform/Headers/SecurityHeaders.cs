using Microsoft.Extensions.Primitives;

namespace Backprop.Api.Platform.Headers;

/// <summary>
/// Headers that restrict what browsers may do with an answer: nothing, since it is data. A picture may use its own styles, a page may load its own
/// resources. Over TLS, of the service or of a known proxy, browsers are told to keep using it. The values are fixed and set together: a small
/// gradient takes some 20 microseconds, and building them for each answer would add to it.
/// </summary>
internal static class SecurityHeaders
{
    // The inline style of Swagger UI's logo; without it the logo is as dark as its background.
    private const string LogoStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
    private const string ReferrerPolicy = "Referrer-Policy";
    private const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    private static readonly StringValues Data = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues Picture = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    private static readonly StringValues Page =
        $"default-src 'none'; script-src 'self'; style-src 'self' {LogoStyle}; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly StringValues NoSniffing = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues OneYear = "max-age=31536000";

    /// <summary>Sets the headers of every answer.</summary>
    /// <param name="app">The application, after forwarded headers are applied.</param>
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            ForData(context);
            return next(context);
        });
        return app;
    }

    /// <summary>The headers of data and errors; every answer has them unless it declares another kind.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    public static void ForData(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = NoSniffing;
        headers.ContentSecurityPolicy = Data;
        headers[ReferrerPolicy] = NoReferrer;
        headers[ResourcePolicy] = SameOrigin;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }
    }

    /// <summary>Allows the answer to be a picture.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    public static void ForPicture(HttpContext context) => context.Response.Headers.ContentSecurityPolicy = Picture;

    /// <summary>Allows the answer to be a text to read in a browser, with its own styles and nothing else.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    public static void ForText(HttpContext context) => ForPicture(context);

    /// <summary>Allows the answer to be a page of the service.</summary>
    /// <param name="context">The request, whose response has not started.</param>
    public static void ForPage(HttpContext context) => context.Response.Headers.ContentSecurityPolicy = Page;
}

using System.Text;
using Backprop.Api.Platform.Headers;

namespace Backprop.Api.Platform.Routes;

/// <summary>Paths at which tools and people look first, whatever a service calls its routes.</summary>
internal static class WellKnownPaths
{
    private const string SwaggerPage = "/swagger/index.html";
    private const string OneDay = "public, max-age=86400";

    // The picture is square, so that it fits a tab.
    private const string Icon =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f4e79"/>
        <text x="16" y="24" text-anchor="middle" font-family="serif" font-style="italic" font-size="26" fill="#fff">∂</text></svg>
        """;

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/openapi.json"] = "/swagger/v1/swagger.json",
        ["/health"] = "/health/ready",
    };

    /// <summary>Answers at these paths as at the ones they stand for.</summary>
    /// <param name="app">The application, before routing.</param>
    public static WebApplication UsePathAliases(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.Request.Path.Value is { } path && Aliases.TryGetValue(path, out string? meant))
            {
                context.Request.Path = meant;
            }

            return next(context);
        });
        return app;
    }

    /// <summary>Maps the redirects to the documentation, and the icon that browsers request.</summary>
    /// <param name="routes">The route builder.</param>
    public static void MapWellKnownPaths(this IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/docs", "/redoc"])
        {
            routes.MapGet(path, () => TypedResults.Redirect(SwaggerPage)).ExcludeFromDescription();
        }

        routes.MapGet("/favicon.ico", (HttpContext context) =>
        {
            SecurityHeaders.ForPicture(context);
            context.Response.Headers.CacheControl = OneDay;
            return TypedResults.Text(Icon, "image/svg+xml", Encoding.UTF8);
        }).ExcludeFromDescription();
    }
}

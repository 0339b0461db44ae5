using System.Text;
using Backprop.Api.Platform.Headers;

namespace Backprop.Api.Platform.Routes;

/// <summary>Paths at which tools and people look first, whatever a service calls its routes.</summary>
internal static class WellKnownPaths
{
    private const string SwaggerPage = "/swagger/index.html";
    private const string Document = "/swagger/v1/swagger.json";
    private const string OneDay = "public, max-age=86400";

    // The picture is square, so that it fits a tab.
    private const string Icon =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f4e79"/>
        <text x="16" y="24" text-anchor="middle" font-family="serif" font-style="italic" font-size="26" fill="#fff">∂</text></svg>
        """;

    /// <summary>Maps the redirects to the documentation, the document at its other name, and the icon that browsers request.</summary>
    /// <param name="routes">The route builder.</param>
    public static void MapWellKnownPaths(this IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/docs", "/redoc"])
        {
            routes.MapGet(path, () => TypedResults.Redirect(SwaggerPage)).ExcludeFromDescription();
        }

        IApplicationBuilder document = routes.CreateApplicationBuilder();
        document.Use(static (context, next) =>
        {
            context.Request.Path = Document;
            return next(context);
        });
        routes.MapGet("/openapi.json", document.UseSwagger().Build()).ExcludeFromDescription();

        routes.MapGet("/favicon.ico", (HttpContext context) =>
        {
            SecurityHeaders.ForPicture(context);
            context.Response.Headers.CacheControl = OneDay;
            return TypedResults.Text(Icon, "image/svg+xml", Encoding.UTF8);
        }).ExcludeFromDescription();
    }
}

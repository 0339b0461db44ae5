using Backprop.Api.Platform.Headers;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Backprop.Api.Features.Diagrams;

/// <summary>Lets Swagger UI show diagrams as pictures.</summary>
internal static class SwaggerPictures
{
    private const string Route = "/swagger/pictures.js";

    private static readonly Lazy<byte[]> Script = new(Read);

    /// <summary>Adds a script to the page.</summary>
    public static void AddSwaggerPictures(this WebApplicationBuilder builder) =>
        builder.Services.Configure<SwaggerUIOptions>(page => page.InjectJavascript(Route["/swagger/".Length..]));

    /// <summary>Maps the script.</summary>
    public static void MapSwaggerPictures(this IEndpointRouteBuilder routes) => routes.MapGet(Route, static (HttpContext context) =>
    {
        SecurityHeaders.ForPage(context);
        return TypedResults.Bytes(Script.Value, "text/javascript; charset=utf-8");
    }).ExcludeFromDescription();

    private static byte[] Read()
    {
        using Stream script = typeof(SwaggerPictures).Assembly.GetManifestResourceStream("Backprop.Api.Features.Diagrams.swagger-pictures.js")!;
        using var copy = new MemoryStream();
        script.CopyTo(copy);
        return copy.ToArray();
    }
}

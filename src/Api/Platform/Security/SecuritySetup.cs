using Backprop.Api.Platform.Hosting;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Security;

/// <summary>API keys and cross-origin requests.</summary>
internal static class SecuritySetup
{
    private const string OriginsKey = "Cors:Origins";

    /// <summary>Binds <c>ApiKeys</c> and <c>Cors:Origins</c> (a list, or one string separated by commas; <c>*</c> means every origin).</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeys>().BindConfiguration(ApiKeys.Section);
        var origins = builder.Configuration.Texts(OriginsKey);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.Location, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.ETag, "Server-Timing")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return builder;
    }

    /// <summary>CORS first, since a preflight request carries no key; then the keys.</summary>
    /// <param name="app">The application, after routing.</param>
    public static WebApplication UseBackpropSecurity(this WebApplication app)
    {
        app.UseCors();
        app.UseMiddleware<ApiKeyMiddleware>();
        return app;
    }

    /// <summary>Requires the write key; if none is configured, the route is closed.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder RequireWriteKey<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new RequiredKey(KeyKind.Write));
}

using Backprop.Api.Platform.Compute;
using Microsoft.Extensions.Options;

namespace Backprop.Api.FastPath;

/// <summary>The fast path: its cache, and the routes that use it.</summary>
internal static class FastPathSetup
{
    /// <summary>Registers the prepared requests, which use half of <c>Compute:CacheBytes</c>.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropHotRequests(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider =>
            new PreparedRequestCache(provider.GetRequiredService<IOptions<ComputeOptions>>().Value.CacheBytes / 2));
        builder.Services.AddSingleton<PreparedRequestLookup>();
        builder.Services.AddSingleton<FastPathFilter>();
        return builder;
    }

    /// <summary>Requests of this route that differ only in their values are answered without being read in full.</summary>
    /// <param name="route">The route, whose handler returns a <c>DerivativeResult</c>.</param>
    public static RouteHandlerBuilder WithHotRequests(this RouteHandlerBuilder route)
    {
        route.Finally(endpoint =>
        {
            RequestDelegate ordinary = endpoint.RequestDelegate!;
            string name = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText ?? "";
            FastPathFilter hot = endpoint.ApplicationServices.GetRequiredService<FastPathFilter>();
            endpoint.RequestDelegate = context => hot.InvokeAsync(context, name, ordinary);
        });
        return route;
    }
}

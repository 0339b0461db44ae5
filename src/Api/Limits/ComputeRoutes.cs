using Backprop.Api.Security;

namespace Backprop.Api.Limits;

/// <summary>Marks a route that computes: it waits for its turn, is counted, and needs the compute key where one is configured.</summary>
public sealed record ComputeRoute
{
    /// <summary>The rate limiter's policy.</summary>
    public const string Policy = "compute";
}

/// <summary>The convention for routes that compute.</summary>
public static class ComputeRoutes
{
    /// <summary>Puts a route, or a group of them, under the concurrency limiter and the compute key. Its bodies hold graphs and values.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder RequireCompute<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireRateLimiting(ComputeRoute.Policy)
            .WithMetadata(new ComputeRoute(), new RequiredKey(KeyKind.Compute))
            .WithBodySize(BodySize.Large);
}

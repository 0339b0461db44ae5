using Backprop.Api.Platform.Security;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// Marks a route that computes: it is counted, requires the compute key if one is configured, and computes only with a <see cref="ComputePermit"/>,
/// which <see cref="RequestBudget"/> takes.
/// </summary>
internal sealed record ComputeRoute;

/// <summary>The convention for routes that compute.</summary>
internal static class ComputeRoutes
{
    /// <summary>Applies the compute limiter and the compute key to a route or a group of routes. Its bodies hold graphs and values.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder RequireCompute<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new ComputeRoute(), new RequiredKey(KeyKind.Compute)).WithBodySize(BodySize.Large);
}

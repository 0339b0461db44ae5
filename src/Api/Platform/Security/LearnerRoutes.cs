using Microsoft.AspNetCore.Authorization;

namespace Backprop.Api.Platform.Security;

/// <summary>Which routes accept a learner, and which require one.</summary>
internal static class LearnerRoutes
{
    /// <summary>The policy of routes that accept a learner but do not require one.</summary>
    internal const string Optional = "optional-learner";

    /// <summary>Requires a signed-in learner (401).</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder RequireLearner<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization();

    /// <summary>Accepts a token but does not require one; an invalid token is rejected (401), since the learner's work would go unrecorded.</summary>
    /// <typeparam name="TBuilder">The builder of the route or group.</typeparam>
    /// <param name="routes">The route or group.</param>
    public static TBuilder AllowOptionalLearner<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(Optional);

    /// <summary>Whether a route requires a learner; null if it does not accept one.</summary>
    /// <param name="metadata">The metadata of the route.</param>
    internal static bool? RequiresLearner(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().FirstOrDefault() is { } authorize ? authorize.Policy != Optional : null;

    /// <summary>The condition of that policy.</summary>
    /// <param name="context">The request.</param>
    internal static bool IsSignedInOrAnonymous(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true } || context.Resource is HttpContext { Request.Headers.Authorization.Count: 0 };
}

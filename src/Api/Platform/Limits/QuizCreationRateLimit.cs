using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>Limits how often one client creates quizzes and interviews.</summary>
/// <param name="limits">The configured rate.</param>
internal sealed class QuizCreationRateLimit(IOptionsMonitor<RateLimits> limits) : ClientRate
{
    /// <summary>The rate limiter's policy.</summary>
    public const string Policy = "drawing";

    /// <inheritdoc/>
    protected override int PerMinute => limits.CurrentValue.QuizzesPerMinute;

    /// <inheritdoc/>
    protected override string Detail => $"One client may create at most {PerMinute} quizzes and interviews per minute (RateLimits:QuizzesPerMinute).";
}

/// <summary>Marks a route with this rate limit.</summary>
internal sealed record DrawingRoute;

/// <summary>The convention for routes that create quizzes.</summary>
internal static class DrawingRoutes
{
    /// <summary>Applies the rate limit to a route.</summary>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder RequireDrawingRate(this RouteHandlerBuilder route) => route.RequireRateLimiting(QuizCreationRateLimit.Policy)
        .WithMetadata(new DrawingRoute());
}

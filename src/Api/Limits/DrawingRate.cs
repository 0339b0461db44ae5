using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Backprop.Api.Errors;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Limits;

/// <summary>Limits how often one client, known by its address, draws quizzes and interviews: what it saved up it may draw at once.</summary>
/// <param name="limits">The configured rate.</param>
public sealed class DrawingRate(IOptionsMonitor<RateLimits> limits) : IRateLimiterPolicy<string>
{
    /// <summary>The rate limiter's policy.</summary>
    public const string Policy = "drawing";

    private const int SecondsInMinute = 60;

    /// <inheritdoc/>
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RejectAsync;

    /// <inheritdoc/>
    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        int rate = limits.CurrentValue.QuizzesPerMinute;
        string client = Client(httpContext.Connection.RemoteIpAddress);
        return rate == 0 ? RateLimitPartition.GetNoLimiter(client) : RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)SecondsInMinute / rate),
        });
    }

    // A network of IPv6 hands each of its clients many addresses that share their first 64 bits.
    private static string Client(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : TimeSpan.FromSeconds(1);
        string seconds = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        string detail = $"One client may draw {limits.CurrentValue.QuizzesPerMinute} quizzes and interviews a minute (RateLimits:QuizzesPerMinute).";
        await ProblemWriter.WriteAsync(rejected.HttpContext, new Problem(429, detail) { Header = (HeaderNames.RetryAfter, seconds) });
    }
}

/// <summary>Marks a route that the drawing rate limits.</summary>
public sealed record DrawingRoute;

/// <summary>The convention for routes that draw.</summary>
public static class DrawingRoutes
{
    /// <summary>Puts a route under the drawing rate.</summary>
    /// <param name="route">The route.</param>
    public static RouteHandlerBuilder RequireDrawingRate(this RouteHandlerBuilder route) => route.RequireRateLimiting(DrawingRate.Policy).WithMetadata(new DrawingRoute());
}

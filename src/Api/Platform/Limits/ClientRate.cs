using System.Globalization;
using System.Threading.RateLimiting;
using Backprop.Api.Platform.Errors;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Limits;

/// <summary>Limits how often one client, known by its address, may come: what it saved up it may use at once. Past it the answer is 429.</summary>
public abstract class ClientRate : IRateLimiterPolicy<string>
{
    private const int SecondsInMinute = 60;

    /// <inheritdoc/>
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RejectAsync;

    /// <summary>How often in a minute; 0 stands for any number of times.</summary>
    protected abstract int PerMinute { get; }

    /// <summary>What a client that comes too often is told.</summary>
    protected abstract string Detail { get; }

    /// <inheritdoc/>
    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        int rate = PerMinute;
        string client = ClientAddress.Of(httpContext);
        return rate == 0 ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = rate,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds((double)SecondsInMinute / rate),
            });
    }

    private async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : TimeSpan.FromSeconds(1);
        string seconds = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ProblemWriter.WriteAsync(rejected.HttpContext, new Problem(429, Detail) { Header = (HeaderNames.RetryAfter, seconds) });
    }
}

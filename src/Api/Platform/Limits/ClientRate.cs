using System.Globalization;
using System.Threading.RateLimiting;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// Limits the rate of one client, identified by its address; saved-up requests may be used at once. Beyond the limit the answer is 429.
/// </summary>
internal abstract class ClientRate : IRateLimiterPolicy<string>
{
    private const int SecondsInMinute = 60;

    /// <inheritdoc/>
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RejectAsync;

    /// <summary>Requests per minute; 0 means no limit.</summary>
    protected abstract int PerMinute { get; }

    /// <summary>The message for a client that exceeds the limit.</summary>
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

    private async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : TimeSpan.FromSeconds(1);
        string seconds = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ProblemWriter.WriteAsync(rejected.HttpContext, new Problem(429, Detail) { Header = (HeaderNames.RetryAfter, seconds) });
    }
}

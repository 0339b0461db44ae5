using System.Threading.RateLimiting;
using Backprop.Api.Errors;
using Backprop.Api.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Limits;

/// <summary>Limits: validated at start, enforced before anything is allocated.</summary>
public static class LimitsSetup
{
    private const string RetrySeconds = "1";

    /// <summary>Binds <c>Limits</c>, and gives them to the server, the decompressor and the concurrency limiter.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BackpropLimits>().BindConfiguration(BackpropLimits.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackpropLimits>, LimitsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddRequestDecompression();
        services.AddRateLimiter(options => options.OnRejected = RejectAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<BackpropLimits>>(LimitCompute);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<BackpropLimits>>(LimitServer);
        return builder;
    }

    // A route whose bodies are larger than the shortest says so (BodyLimit). Longer targets and more headers than are taken reach
    // RequestShape, which can answer.
    private static void LimitServer(KestrelServerOptions server, IOptions<BackpropLimits> limits)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = limits.Value.MaxShortBodyBytes;

        // A large answer need not wait for its reader between two of its values.
        server.Limits.MaxResponseBufferSize = 8 << 20;
        server.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        server.Limits.MaxRequestHeaderCount = 4 * RequestShape.MostHeaders;
        server.Limits.MaxRequestLineSize = 4 * RequestShape.LongestTarget;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    private static void LimitCompute(RateLimiterOptions options, IOptions<BackpropLimits> limits) =>
        options.AddConcurrencyLimiter(ComputeRoute.Policy, limiter =>
        {
            limiter.PermitLimit = limits.Value.Concurrency;
            limiter.QueueLimit = limits.Value.QueueLength;
            limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var limits = rejected.HttpContext.RequestServices.GetRequiredService<IOptions<BackpropLimits>>().Value;
        var detail = $"{limits.Concurrency} requests are computing (Limits:Concurrency) and {limits.QueueLength} are waiting (Limits:QueueLength).";
        await ProblemWriter.WriteAsync(rejected.HttpContext, new Problem(429, detail) { Header = (HeaderNames.RetryAfter, RetrySeconds) });
    }
}

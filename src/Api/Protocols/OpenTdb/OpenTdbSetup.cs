using System.Threading.RateLimiting;
using Backprop.Api.Platform.Limits;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Protocols.OpenTdb;

/// <summary>The rate limit of a client, from configuration section <c>RateLimits</c>.</summary>
internal sealed class OpenTdbOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>Minimum seconds between two draws of one client; 0 means no limit.</summary>
    public double OpenTdbSeconds { get; set; }
}

/// <summary>Lets each client draw once in the configured time.</summary>
/// <param name="options">The configuration.</param>
internal sealed class OpenTdbLimit(IOptions<OpenTdbOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext>? limiter = options.Value.OpenTdbSeconds <= 0 ? null
        : PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetFixedWindowLimiter(
            ClientAddress.Of(context),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromSeconds(options.Value.OpenTdbSeconds), QueueLimit = 0 }));

    public bool Allows(HttpContext context)
    {
        using RateLimitLease? lease = limiter?.AttemptAcquire(context);
        return lease is not { IsAcquired: false };
    }

    public void Dispose() => limiter?.Dispose();
}

/// <summary>The OpenTDB adapter.</summary>
internal static class OpenTdbSetup
{
    /// <summary>Registers tokens, rate limit and sampler.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddOpenTdb(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OpenTdbOptions>().BindConfiguration(OpenTdbOptions.Section)
            .Validate(options => options.OpenTdbSeconds is >= 0 and <= 86_400, $"{OpenTdbOptions.Section}:OpenTdbSeconds must be 0 to 86400.")
                .ValidateOnStart();
        builder.Services.AddSingleton<OpenQuestions>();
        builder.Services.AddSingleton<OpenTdbTokens>();
        builder.Services.AddSingleton<OpenTdbLimit>();
        builder.Services.AddSingleton<OpenTdbSampler>();
        return builder;
    }
}

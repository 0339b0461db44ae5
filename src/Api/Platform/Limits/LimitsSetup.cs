using Backprop.Api.Platform.Limits.Admission;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>Limits: validated at startup, enforced before anything is allocated.</summary>
internal static class LimitsSetup
{
    /// <summary>Binds <c>Limits</c> and applies it to the server, the decompressor and the compute limiter.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BackpropLimits>().BindConfiguration(BackpropLimits.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackpropLimits>, LimitsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddRequestDecompression();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<ComputeLimiter>();
        services.AddSingleton(provider => new ComputeThreads(provider.GetRequiredService<IOptions<BackpropLimits>>().Value.Concurrency));
        ReserveThreads();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<BackpropLimits>>(LimitServer);
        return builder;
    }

    // Short computations and writing answers keep their thread to the end. With only one thread per core, others would wait until the pool adds one,
    // twice per second.
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, (4 * Environment.ProcessorCount) + 16), ports);
    }

    // A route with larger bodies states so (BodyLimit). Longer targets and more headers than are allowed reach RequestShape, which can answer.
    private static void LimitServer(KestrelServerOptions server, IOptions<BackpropLimits> limits)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = limits.Value.MaxShortBodyBytes;

        // A large answer need not wait for its reader between two values.
        server.Limits.MaxResponseBufferSize = 8 << 20;
        server.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        server.Limits.MaxRequestHeaderCount = 4 * RequestShape.MostHeaders;
        server.Limits.MaxRequestLineSize = 4 * RequestShape.LongestTarget;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }
}

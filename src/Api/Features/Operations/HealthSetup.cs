using Backprop.Api.Platform.Hosting;

namespace Backprop.Api.Features.Operations;

/// <summary>Health checks: the service is alive if it answers, and ready if the database is reachable and the warm-up is done.</summary>
internal static class HealthSetup
{
    /// <summary>The tag of the readiness checks.</summary>
    public const string Ready = "ready";

    /// <summary>Registers the checks and the warm-up; a further check takes part with the tag <see cref="Ready"/>.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WarmUp>());
        builder.Services.AddSingleton<DatabaseCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<WarmUp>("warmUp", tags: [Ready]);
        return builder;
    }
}

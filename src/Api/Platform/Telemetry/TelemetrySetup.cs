using Backprop.Api.Platform.Limits;
using Microsoft.Extensions.Configuration.Memory;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Backprop.Api.Platform.Telemetry;

/// <summary>Traces, metrics and logs.</summary>
internal static class TelemetrySetup
{
    // The source with the lowest precedence. In code, since the location of the settings file depends on the working directory.
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",

        // Otherwise every request creates a span and a log scope even if nothing is logged. Faults are logged with their trace id.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",

        // The first line of the log says where the service listens, and Swagger UI with it.
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",

        // It warns that keys are not encrypted. Only the service's user can read them, and DataProtection:Certificate encrypts them.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
    };

    /// <summary>
    /// OpenTelemetry, exported only if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; logs as lines of text on a terminal, otherwise as JSON.
    /// </summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropTelemetry(this WebApplicationBuilder builder)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(options => options.IncludeScopes = true);
        }
        else
        {
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
        }

        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            Export(builder);
        }

        return builder;
    }

    // Without a collector nothing listens, and a request creates no spans or measurements.
    private static void Export(WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("backprop"));
        telemetry.WithTracing(tracing =>
            tracing.AddSource(BackpropTelemetry.Name).AddAspNetCoreInstrumentation(options => options.Filter = IsNoHealthCheck).AddOtlpExporter());
        telemetry.WithMetrics(metrics => metrics.AddMeter(BackpropTelemetry.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }

    /// <summary>Counts the compute requests, whatever their outcome.</summary>
    /// <param name="app">The application, after routing and inside the error handling.</param>
    public static WebApplication UseBackpropTelemetry(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // The route is read now: exception handling clears it.
            if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<ComputeRoute>() is not null)
            {
                context.Response.OnCompleted(Record, (context, endpoint.RoutePattern.RawText ?? ""));
            }

            return next(context);
        });
        return app;
    }

    private static Task Record(object state)
    {
        var (context, route) = ((HttpContext, string))state;
        BackpropTelemetry.Record(route, context.Response.StatusCode, context.Features.Get<ServerTiming>());
        return Task.CompletedTask;
    }

    private static bool IsNoHealthCheck(HttpContext context) => !context.Request.Path.StartsWithSegments("/health");
}

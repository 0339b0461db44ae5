using Backprop.Api.FastPath;
using Backprop.Api.Features.Operations;
using Backprop.Api.Features.Questions;
using Backprop.Api.Platform.Errors;
using Backprop.Api.Platform.Headers;
using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.OpenApi;
using Backprop.Api.Platform.Requests;
using Backprop.Api.Platform.Routes;
using Backprop.Api.Platform.Security;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Platform.Validation;
using Backprop.Api.Setup;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api;

/// <summary>Composes everything around the endpoints.</summary>
internal static class Composition
{
    private const string DefaultDatabase = "Data Source=backprop.db";

    /// <summary>Registers every service.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackprop(this WebApplicationBuilder builder)
    {
        builder.Services.AddBackpropPersistence(builder.Configuration.GetConnectionString("Backprop") ?? DefaultDatabase);
        return builder
            .AddBackpropTelemetry()
            .AddBackpropHosting()
            .AddForwarding()
            .AddServerLimits()
            .AddBackpropErrors()
            .AddBackpropLimits()
            .AddBackpropSecurity()
            .AddBackpropRequests()
            .AddQueryCheck()
            .AddBackpropValidation()
            .AddBackpropDevices()
            .AddBackpropDerivatives()
            .AddBackpropHotRequests()
            .AddBackpropExperiments()
            .AddBackpropProtocols()
            .AddBackpropPractice()
            .AddBackpropQuizzes()
            .AddBackpropLearners()
            .AddBackpropTraining()
            .AddBackpropHealth()
            .AddBackpropOpenApi();
    }

    /// <summary>
    /// The pipeline. Compression is outside error handling, so that errors are compressed too; keys and the limiter come after routing, which
    /// determines what a route requires, and before the body is read.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication UseBackprop(this WebApplication app)
    {
        app.UseForwarding();
        app.UseSecurityHeaders();
        app.UseHeadAsGet();
        app.UseResponseCompression();
        app.UseBackpropErrors();
        app.UseRequestShape();
        app.UseRouting();
        app.UseDataRates();
        app.UseBackpropDecompression();
        app.UseBackpropTelemetry();
        app.UseBackpropSecurity();
        app.UseBackpropLearners();
        app.UseRateLimiter();
        app.UseQueryCheck();
        return app.UseBackpropOpenApi();
    }
}

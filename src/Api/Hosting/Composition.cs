using Backprop.Api.Derivatives;
using Backprop.Api.Devices;
using Backprop.Api.Errors;
using Backprop.Api.Health;
using Backprop.Api.Hot;
using Backprop.Api.Learners;
using Backprop.Api.Limits;
using Backprop.Api.OpenApi;
using Backprop.Api.Practice;
using Backprop.Api.Protocols;
using Backprop.Api.Requests;
using Backprop.Api.Security;
using Backprop.Api.Telemetry;
using Backprop.Api.Validation;
using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Hosting;

/// <summary>Everything around the endpoints.</summary>
public static class Composition
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
            .AddBackpropValidation()
            .AddBackpropDevices()
            .AddBackpropDerivatives()
            .AddBackpropHotRequests()
            .AddBackpropProtocols()
            .AddBackpropPractice()
            .AddBackpropQuizzes()
            .AddBackpropLearners()
            .AddBackpropHealth()
            .AddBackpropOpenApi();
    }

    /// <summary>
    /// The pipeline. Compression stands outside the errors, so that they are compressed too; keys and the limiter stand behind routing,
    /// which tells what a route asks for, and before the body is read.
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
        return app.UseBackpropOpenApi();
    }
}

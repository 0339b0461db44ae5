using Backprop.Api.Health;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Backprop.Api.Endpoints;

/// <summary>What an operator of the service asks for: its health and its devices.</summary>
public static class Operations
{
    /// <summary>The tag of these routes.</summary>
    public const string Tag = "Operations";

    private const int RetrySeconds = 5;

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags(Tag);
        var health = group.MapGroup("/health").DisableHttpMetrics();
        health.MapGet("/live", Live).WithName("Live").WithSummary("Whether the process answers")
            .WithDescription("Answers 200 as long as the process serves requests; asks nothing else.");
        health.MapGet("/ready", ReadyAsync).WithName("Ready").WithSummary("Whether requests are welcome")
            .WithDescription("Ready when the database can be read and the warm-up is done; 503 with the same report until then.");
        group.MapGet("/devices", Devices).WithName("Devices").WithSummary("The devices that compute")
            .WithDescription("The host is always there; `device` in a request names one of the kinds.");
    }

    private static Ok<HealthReportContract> Live() =>
        TypedResults.Ok(new HealthReportContract("healthy", new Dictionary<string, HealthEntryContract>()));

    private static async Task<Results<Ok<HealthReportContract>, JsonHttpResult<HealthReportContract>>> ReadyAsync(
        HealthCheckService checks, HttpResponse response, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthSetup.Ready), cancellation);
        response.Headers.CacheControl = "no-store";
        if (report.Status != HealthStatus.Unhealthy)
            return TypedResults.Ok(Describe(report));
        response.Headers.RetryAfter = RetrySeconds.ToString();
        return TypedResults.Json(Describe(report), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<DeviceContract[]> Devices() =>
        TypedResults.Ok<DeviceContract[]>([new DeviceContract("host", "host", Environment.ProcessorCount)]);

    private static HealthReportContract Describe(HealthReport report) => new(
        Name(report.Status),
        report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new HealthEntryContract(Name(entry.Value.Status), entry.Value.Description, Math.Round(entry.Value.Duration.TotalMilliseconds, 3))));

    private static string Name(HealthStatus status) => status.ToString().ToLowerInvariant();
}

using Backprop.Client.Operations;
using Backprop.Compute.Devices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using HealthReport = Backprop.Client.Operations.HealthReport;

namespace Backprop.Api.Features.Operations;

/// <summary>What an operator of the service asks for: its health and its devices.</summary>
public static class OperationEndpoints
{
    private const string Tag = "Operations";
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
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable)
            .WithDescription("Ready when the database can be read and written and the warm-up is done (it is written at most once in ten seconds; " +
                "a device that failed is told, but holds nothing up); until then 503 with the same report.");
        group.MapGet("/devices", Devices).WithName("Devices").WithSummary("The devices that compute")
            .WithDescription("The host is always there; `device` in a request names one of the kinds. What each was measured to do is told once " +
                "it was.");
    }

    private static Ok<HealthReport> Live() => TypedResults.Ok(new HealthReport { Status = HealthState.Healthy });

    private static async Task<Results<Ok<HealthReport>, JsonHttpResult<HealthReport>>> ReadyAsync(
        HealthCheckService checks, HttpResponse response, CancellationToken cancellation)
    {
        var found = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthSetup.Ready), cancellation);
        var report = new HealthReport
        {
            Status = State(found.Status),
            Checks = [.. found.Entries.Select(entry =>
                new HealthCheck { Name = entry.Key, Status = State(entry.Value.Status), Detail = entry.Value.Description })],
        };
        response.Headers.CacheControl = "no-store";
        if (report.Status != HealthState.Unhealthy)
            return TypedResults.Ok(report);
        response.Headers.RetryAfter = RetrySeconds.ToString();
        return TypedResults.Json(report, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<DeviceList> Devices(DeviceRegistry registry, DeviceSelection selection) =>
        TypedResults.Ok(DeviceReport.Of(registry, selection));

    private static HealthState State(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthState.Healthy,
        HealthStatus.Degraded => HealthState.Degraded,
        _ => HealthState.Unhealthy,
    };
}

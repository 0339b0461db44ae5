using Backprop.Client.Operations;
using Backprop.Compute.Devices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using HealthReport = Backprop.Client.Operations.HealthReport;

namespace Backprop.Api.Features.Operations;

/// <summary>Operations: the service's health and devices.</summary>
internal static class OperationEndpoints
{
    private const string Tag = "Operations";
    private const int RetrySeconds = 5;

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">The route builder.</param>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags(Tag);
        var health = group.MapGroup("/health").DisableHttpMetrics();
        health.MapGet("/live", Live).WithName("Live").WithSummary("Check that the process is alive")
            .WithDescription("Returns 200 as long as the process serves requests; checks nothing else.");
        health.MapGet("/ready", ReadyAsync).WithName("Ready").WithSummary("Check that the service is ready to accept requests")
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable)
            .WithDescription("Ready if the database can be read and written and the warm-up is done; until then 503 with the same report. The " +
                "database is written at most once in ten seconds. A failed device is reported but does not make the service unready.");
        health.MapGet("", ReadyAsync).ExcludeFromDescription();
        group.MapGet("/devices", Devices).WithName("Devices").WithSummary("List the devices")
            .WithDescription("The host is always listed; `device` in a request names one of the kinds. Reports the measured rates once calibration " +
                "has finished.");
    }

    private static Ok<HealthReport> Live() => TypedResults.Ok(new HealthReport { Status = HealthState.Healthy });

    private static async Task<Results<Ok<HealthReport>, JsonHttpResult<HealthReport>>> ReadyAsync(
        HealthCheckService checks, HttpResponse response, CancellationToken cancellationToken)
    {
        var found = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthSetup.Ready), cancellationToken);
        var report = new HealthReport
        {
            Status = State(found.Status),
            Checks = [.. found.Entries.Select(entry =>
                new HealthCheck { Name = entry.Key, Status = State(entry.Value.Status), Detail = entry.Value.Description })],
        };
        response.Headers.CacheControl = "no-store";
        if (report.Status != HealthState.Unhealthy)
        {
            return TypedResults.Ok(report);
        }

        response.Headers.RetryAfter = RetrySeconds.ToString();
        return TypedResults.Json(report, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<DeviceList> Devices(DeviceRegistry registry, DeviceSelection selection)
    {
        selection.RequestCalibration();
        return TypedResults.Ok(DeviceReport.Of(registry, selection));
    }

    private static HealthState State(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthState.Healthy,
        HealthStatus.Degraded => HealthState.Degraded,
        _ => HealthState.Unhealthy,
    };
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Telemetry;
using Backprop.Api.Tests.Hosting;
using Backprop.Domain.Graphs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Compute_requests_are_counted_by_route_and_outcome_and_their_phases_measured()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = Listen(seen);
        await using (var app = await ProbeApp.StartAsync(Map))
        {
            await app.Http.GetAsync("/counted/1");
            await app.Http.GetAsync("/counted/-1");
            await app.Http.GetAsync("/uncounted");
        }
        seen.ShouldBe(
            ["/counted/{x} ok 1", "/counted/{x} run 2.5", "/counted/{x} refused 1", "/counted/{x} run 2.5"],
            ignoreOrder: true);
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/counted/{x}", (int x, ServerTiming timing) =>
        {
            timing.Add(ServerTiming.Run, 2.5);
            return x > 0 ? TypedResults.Ok(x) : throw new GraphException("x", "Not positive.");
        }).RequireCompute();
        routes.MapGet("/uncounted", () => TypedResults.Ok());
    }

    // Other tests run in parallel and are counted by the same meter.
    private static MeterListener Listen(ConcurrentBag<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == BackpropTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(seen, tags, value));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(seen, tags, value));
        listener.Start();
        return listener;
    }

    private static void Add(ConcurrentBag<string> seen, ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        if (tags[0].Value is string route && route.StartsWith("/counted", StringComparison.Ordinal))
        {
            seen.Add($"{route} {tags[1].Value} {value}");
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Backprop.Api.Platform.Telemetry;

/// <summary>The service's own instruments: one activity source and one meter, both named <c>Backprop</c>.</summary>
internal static class BackpropTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Backprop";

    /// <summary>Creates the spans of compiling and running.</summary>
    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Holds the instruments.</summary>
    public static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("backprop.compute.requests", "{request}", "Compute requests by route and outcome.");

    private static readonly Histogram<double> Phases =
        Meter.CreateHistogram<double>("backprop.phase.duration", "ms", "Time spent in a phase of a request, by route and phase.");

    /// <summary>Counts an answered compute request.</summary>
    /// <param name="route">The route's pattern.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="timing">The phases, if any were measured.</param>
    public static void Record(string route, int status, ServerTiming? timing)
    {
        var routeTag = new KeyValuePair<string, object?>("route", route);
        Requests.Add(1, routeTag, new("outcome", Outcome(status)));
        foreach (var (phase, milliseconds) in timing?.Phases ?? [])
        {
            Phases.Record(milliseconds, routeTag, new("phase", phase));
        }
    }

    private static string Outcome(int status) => status switch
    {
        < 400 => "ok",
        429 => "rejected",
        499 => "abandoned",
        < 500 => "refused",
        _ => "failed",
    };
}

using System.Diagnostics;
using System.Globalization;

namespace Backprop.Api.Telemetry;

/// <summary>
/// The phases of one request in milliseconds: they go into the <c>Server-Timing</c> header and the histogram <c>backprop.phase.duration</c>.
/// A handler may take it as a parameter.
/// </summary>
public sealed class ServerTiming
{
    /// <summary>Bytes to values and graph.</summary>
    public const string Parse = "parse";

    /// <summary>Graph to plan; 0 when the plan was cached.</summary>
    public const string Compile = "compile";

    /// <summary>The execution of the plan alone.</summary>
    public const string Run = "run";

    /// <summary>Values to bytes, where the answer was buffered.</summary>
    public const string Write = "write";

    private readonly List<(string Phase, double Milliseconds)> _phases = [];

    /// <summary>The phases so far, in the order in which they were first seen.</summary>
    public IReadOnlyList<(string Phase, double Milliseconds)> Phases => _phases;

    /// <summary>The timing of a request; the first call makes it and sees to its header.</summary>
    /// <param name="context">The request.</param>
    public static ServerTiming Of(HttpContext context)
    {
        if (context.Features.Get<ServerTiming>() is { } known)
            return known;
        var timing = new ServerTiming();
        context.Features.Set(timing);
        context.Response.OnStarting(() =>
        {
            if (timing._phases.Count > 0)
                context.Response.Headers["Server-Timing"] = timing.ToString();
            return Task.CompletedTask;
        });
        return timing;
    }

    /// <summary>Gives a handler the timing of its request.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<ServerTiming> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Adds to a phase.</summary>
    /// <param name="phase">Its name.</param>
    /// <param name="milliseconds">The time it took.</param>
    public void Add(string phase, double milliseconds)
    {
        var index = _phases.FindIndex(entry => entry.Phase == phase);
        if (index < 0)
            _phases.Add((phase, milliseconds));
        else
            _phases[index] = (phase, _phases[index].Milliseconds + milliseconds);
    }

    /// <summary>Adds the time until the result is disposed of to a phase.</summary>
    /// <param name="phase">Its name.</param>
    public Stopping Measure(string phase) => new(this, phase, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _phases.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Phase};dur={entry.Milliseconds:0.###}")));

    /// <summary>Stops a measurement.</summary>
    /// <param name="Timing">Where it counts.</param>
    /// <param name="Phase">What it measures.</param>
    /// <param name="Start">The timestamp at which it began.</param>
    public readonly record struct Stopping(ServerTiming Timing, string Phase, long Start) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Timing.Add(Phase, Stopwatch.GetElapsedTime(Start).TotalMilliseconds);
    }
}

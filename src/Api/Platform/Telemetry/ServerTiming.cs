using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Backprop.Api.Platform.Telemetry;

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

    private static readonly Func<object, Task> WriteHeader = static timing => ((ServerTiming)timing).WriteHeaderAsync();

    private HttpResponse? _response;
    private readonly List<(string Phase, double Milliseconds)> _phases = new(4);

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
        timing._response = context.Response;
        context.Response.OnStarting(WriteHeader, timing);
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
        for (int i = 0; i < _phases.Count; i++)
        {
            if (_phases[i].Phase == phase)
            {
                _phases[i] = (phase, _phases[i].Milliseconds + milliseconds);
                return;
            }
        }

        _phases.Add((phase, milliseconds));
    }

    /// <summary>Adds the time until the result is disposed of to a phase.</summary>
    /// <param name="phase">Its name.</param>
    public Stopping Measure(string phase) => new(this, phase, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[128]);
        foreach (var (phase, milliseconds) in _phases)
        {
            if (phase != _phases[0].Phase)
                text.AppendLiteral(", ");
            text.AppendLiteral(phase);
            text.AppendLiteral(";dur=");
            text.AppendFormatted(Math.Round(milliseconds, 3));
        }

        return text.ToStringAndClear();
    }

    private Task WriteHeaderAsync()
    {
        if (_phases.Count > 0)
            _response!.Headers["Server-Timing"] = ToString();
        return Task.CompletedTask;
    }

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

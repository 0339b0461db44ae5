using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Backprop.Api.Platform.Telemetry;

/// <summary>
/// The phases of one request in milliseconds, for the <c>Server-Timing</c> header and the histogram <c>backprop.phase.duration</c>. A handler may
/// take it as a parameter.
/// </summary>
internal sealed class ServerTiming
{
    /// <summary>Parsing: bytes to values and graph.</summary>
    public const string Parse = "parse";

    /// <summary>Compiling: graph to plan; 0 if the plan was cached.</summary>
    public const string Compile = "compile";

    /// <summary>Only the execution of the plan.</summary>
    public const string Run = "run";

    /// <summary>Serialising: values to bytes, if the answer was buffered.</summary>
    public const string Write = "write";

    private static readonly Func<object, Task> WriteHeader = static timing => ((ServerTiming)timing).WriteHeaderAsync();

    private HttpResponse? _response;
    private readonly List<(string Phase, double Milliseconds)> _phases = new(4);

    /// <summary>The phases until now, in the order of their first measurement.</summary>
    public IReadOnlyList<(string Phase, double Milliseconds)> Phases => _phases;

    /// <summary>The timing of a request; the first call creates it and schedules its header.</summary>
    /// <param name="context">The request.</param>
    public static ServerTiming Of(HttpContext context)
    {
        if (context.Features.Get<ServerTiming>() is { } known)
        {
            return known;
        }

        var timing = new ServerTiming();
        context.Features.Set(timing);
        timing._response = context.Response;
        context.Response.OnStarting(WriteHeader, timing);
        return timing;
    }

    /// <summary>Binds the timing of the request as a parameter of a handler.</summary>
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

    /// <summary>Adds the time until disposal of the result to a phase.</summary>
    /// <param name="phase">Its name.</param>
    public Stopping Measure(string phase) => new(this, phase, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[128]);
        foreach (var (phase, milliseconds) in _phases)
        {
            if (phase != _phases[0].Phase)
            {
                text.AppendLiteral(", ");
            }

            text.AppendLiteral(phase);
            text.AppendLiteral(";dur=");
            text.AppendFormatted(Math.Round(milliseconds, 3));
        }

        return text.ToStringAndClear();
    }

    private Task WriteHeaderAsync()
    {
        if (_phases.Count > 0)
        {
            _response!.Headers["Server-Timing"] = ToString();
        }

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

using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Limits;

/// <summary>
/// The time that one request may compute. A handler takes it as a parameter, after the body, so that reading the body does not count;
/// its token fires when the client goes away or <c>Limits:Seconds</c> are over.
/// </summary>
public sealed class RequestBudget : IDisposable
{
    private readonly CancellationToken _aborted;
    private readonly double _seconds;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <summary>Starts the clock.</summary>
    /// <param name="aborted">Fires when the client has gone away.</param>
    /// <param name="seconds">The time that may be spent.</param>
    /// <param name="clock">The clock.</param>
    public RequestBudget(CancellationToken aborted, double seconds, TimeProvider clock)
    {
        (_aborted, _seconds) = (aborted, seconds);
        _timer = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _timer.Token);
    }

    /// <summary>Fires when the work is no longer wanted or no longer allowed.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>True when the time is over and the client still waits.</summary>
    public bool TimedOut => _timer.IsCancellationRequested && !_aborted.IsCancellationRequested;

    /// <summary>What a request that ran out of time is told.</summary>
    public LimitException Exceeded => new($"{BackpropLimits.Section}:{nameof(BackpropLimits.Seconds)}", _seconds, "more seconds");

    /// <summary>Makes the budget of a request, which lives as long as the request.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<RequestBudget> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var limits = services.GetRequiredService<IOptions<BackpropLimits>>().Value;
        var budget = new RequestBudget(context.RequestAborted, limits.Seconds, services.GetRequiredService<TimeProvider>());
        context.Features.Set(budget);
        context.Response.RegisterForDispose(budget);
        return ValueTask.FromResult(budget);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}

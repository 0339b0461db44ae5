using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// What one request may use: a permit to compute, if its route computes, time and memory. A handler takes it as a parameter, after the body, so that
/// receiving the body does not count; its token fires when the client goes away or <c>Limits:Seconds</c> are over.
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

    /// <summary>The permit, or null if the route does not compute.</summary>
    private ComputePermit? Permit { get; init; }

    /// <summary>The memory that the request holds until its response has been written; null outside a request.</summary>
    private MemoryHold? Memory { get; init; }

    /// <summary>Fires when the work is no longer wanted or no longer allowed.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>True when the time is over and the client still waits.</summary>
    public bool TimedOut => _timer.IsCancellationRequested && !_aborted.IsCancellationRequested;

    /// <summary>What a request that ran out of time is told.</summary>
    public LimitException Exceeded => new($"{BackpropLimits.Section}:{nameof(BackpropLimits.Seconds)}", _seconds, "more seconds");

    /// <summary>Makes the budget of a request, which lives as long as the request; if its route computes, it goes on on a thread for that.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="Errors.ProblemException">There is no permit for some time (429).</exception>
    public static async ValueTask<RequestBudget> BindAsync(HttpContext context) => Of(context, await ComputePermit.EnterAsync(context));

    /// <summary>Makes the budget of a request that is known not to compute for long; it stays on its thread.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="Errors.ProblemException">There is no permit for some time (429).</exception>
    public static async ValueTask<RequestBudget> StartAsync(HttpContext context) => Of(context, await ComputePermit.AcquireAsync(context));

    /// <summary>Reserves memory until the response has been written.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="LimitException">It is more than all requests may hold.</exception>
    public void Hold(long bytes) => Memory?.Add(bytes);

    /// <summary>Gives the permit back: what is left to do is no computing.</summary>
    public void EndComputing() => Permit?.Dispose();

    /// <summary>Waits for something other than the processor, such as the database, without holding the permit to compute.</summary>
    /// <typeparam name="T">What is waited for.</typeparam>
    /// <param name="wait">Waits until the token fires.</param>
    public Task<T> SuspendAsync<T>(Func<CancellationToken, Task<T>> wait) =>
        Permit is { } permit ? permit.SuspendAsync(() => wait(Token), Token) : wait(Token);

    private static RequestBudget Of(HttpContext context, ComputePermit? permit)
    {
        var services = context.RequestServices;
        var limits = services.GetRequiredService<IOptions<BackpropLimits>>().Value;
        var budget = new RequestBudget(context.RequestAborted, limits.Seconds, services.GetRequiredService<TimeProvider>())
        {
            Permit = permit,
            Memory = MemoryHold.Of(context),
        };
        context.Features.Set(budget);
        context.Response.RegisterForDispose(budget);
        return budget;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}

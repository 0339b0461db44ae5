using Backprop.Domain.Graphs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// What one request may use: a permit to compute if its route computes, time and memory. A handler takes it as a parameter after the body, so that
/// receiving the body does not count; its token fires when the client disconnects or <c>Limits:Seconds</c> have passed.
/// </summary>
internal sealed class RequestBudget : IDisposable
{
    private readonly CancellationToken _aborted;
    private readonly double _seconds;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    /// <summary>Starts the clock.</summary>
    /// <param name="aborted">Fires when the client has disconnected.</param>
    /// <param name="seconds">The time limit.</param>
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

    /// <summary>Fires when the result is no longer wanted or the time is over.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the time is over and the client still waits.</summary>
    public bool TimedOut => _timer.IsCancellationRequested && !_aborted.IsCancellationRequested;

    /// <summary>The exception for a request that ran out of time.</summary>
    public LimitException Exceeded => new($"{BackpropLimits.Section}:{nameof(BackpropLimits.Seconds)}", _seconds, "more seconds");

    /// <summary>
    /// Creates the budget of a request, with the same lifetime; if its route computes, the request continues on a thread for computing.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <exception cref="Problems.ProblemException">No permit becomes free for some time (429).</exception>
    public static async ValueTask<RequestBudget> BindAsync(HttpContext context) => Of(context, await ComputePermit.EnterAsync(context));

    /// <summary>Creates the budget of a request that is known to be short; it stays on its thread.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="Problems.ProblemException">No permit becomes free for some time (429).</exception>
    public static async ValueTask<RequestBudget> StartAsync(HttpContext context) => Of(context, await ComputePermit.AcquireAsync(context));

    /// <summary>Reserves memory until the response has been written.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="LimitException">It is more than all requests together may hold.</exception>
    public void Hold(long bytes) => Memory?.Add(bytes);

    /// <summary>Returns the permit: the rest of the request does not compute.</summary>
    public void EndComputing() => Permit?.Dispose();

    /// <summary>Waits for something other than the processor, such as the database, without holding the permit to compute.</summary>
    /// <typeparam name="T">What is waited for.</typeparam>
    /// <param name="wait">Waits, until the token fires.</param>
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

using System.Globalization;
using Backprop.Api.Platform.Limits.Admission;
using Backprop.Api.Platform.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Limits;

/// <summary>
/// The permit of one computing request. It is taken after the body has been received and returned when the response starts, so that a client that
/// sends or reads slowly holds none; it is returned temporarily while the request waits for the database.
/// </summary>
internal sealed class ComputePermit : IDisposable
{
    private static readonly Func<object, Task> Release = static permit =>
    {
        ((ComputePermit)permit).Dispose();
        return Task.CompletedTask;
    };

    private static readonly Func<object, Task> Leave = static _ => ComputeThreads.LeaveAsync();

    private readonly HttpContext context;
    private readonly ComputeThreads threads;
    private readonly ComputeLimiter limiter;
    private readonly string client;
    private ComputeLease? lease;
    private bool isLong;

    private ComputePermit(HttpContext context)
    {
        this.context = context;
        limiter = context.RequestServices.GetRequiredService<ComputeLimiter>();
        threads = context.RequestServices.GetRequiredService<ComputeThreads>();
        client = ClientAddress.Of(context);
    }

    /// <summary>Takes the permit of a request whose route computes, unless it already has one.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The permit, or null if the route does not compute.</returns>
    /// <exception cref="ProblemException">No permit becomes free for some time (429).</exception>
    public static async ValueTask<ComputePermit?> AcquireAsync(HttpContext context)
    {
        if (context.Features.Get<ComputePermit>() is { } held)
        {
            return held;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ComputeRoute>() is null)
        {
            return null;
        }

        var permit = new ComputePermit(context);
        permit.lease = permit.Admitted(await permit.limiter.AcquireAsync(permit.client, context.RequestAborted));
        context.Features.Set(permit);
        context.Response.OnStarting(Release, permit);
        context.Response.OnCompleted(Leave, permit);
        context.Response.RegisterForDispose(permit);
        return permit;
    }

    /// <summary>Takes the permit of a request whose route computes, and continues on a thread for long computations.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The permit, or null if the route does not compute.</returns>
    /// <exception cref="ProblemException">No permit becomes free for some time (429).</exception>
    public static async ValueTask<ComputePermit?> EnterAsync(HttpContext context)
    {
        ComputePermit? permit = await AcquireAsync(context);
        if (permit is null)
        {
            return null;
        }

        permit.isLong = true;
        await permit.threads.SwitchTo();
        return permit;
    }

    /// <summary>Waits for something other than the processor, such as the database, without holding the permit.</summary>
    /// <typeparam name="T">What is waited for.</typeparam>
    /// <param name="wait">Waits.</param>
    /// <param name="cancellationToken">Cancels waiting for the permit afterwards.</param>
    public async Task<T> SuspendAsync<T>(Func<Task<T>> wait, CancellationToken cancellationToken)
    {
        Dispose();
        T result = await wait();
        lease = Admitted(await limiter.ResumeAsync(client, cancellationToken));
        if (isLong)
        {
            await threads.SwitchTo();
        }

        return result;
    }

    /// <summary>Returns the permit.</summary>
    public void Dispose() => Interlocked.Exchange(ref lease, null)?.Dispose();

    private ComputeLease Admitted(Decision decision)
    {
        if (decision.Lease is { } granted)
        {
            return granted;
        }

        BackpropLimits limits = context.RequestServices.GetRequiredService<IOptions<BackpropLimits>>().Value;
        double seconds = Math.Max(1, Math.Ceiling(decision.RetryAfter.TotalSeconds));
        string detail = $"{limits.Concurrency} requests are computing (Limits:Concurrency) and others are waiting; try again in {seconds:0} s.";
        throw new ProblemException(new Problem(StatusCodes.Status429TooManyRequests, detail)
        {
            Header = (HeaderNames.RetryAfter, seconds.ToString(CultureInfo.InvariantCulture)),
        });
    }
}

using System.Diagnostics;
using Backprop.Api.Platform.Limits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Errors;

/// <summary>Turns every exception into a problem; the unforeseen ones into a 500 that says no more than where to look in the logs.</summary>
/// <param name="limits">The limits, named where one was exceeded.</param>
/// <param name="logger">Hears of faults of the service.</param>
public sealed class ProblemExceptionHandler(IOptions<BackpropLimits> limits, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = ExceptionProblems.From(exception, httpContext, limits.Value) ?? Fault(httpContext, exception);
        await ProblemWriter.WriteAsync(httpContext, problem);
        return true;
    }

    private Problem Fault(HttpContext context, Exception exception)
    {
        var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        logger.LogError(exception, "{Method} {Path} failed, trace id {TraceId}", context.Request.Method, context.Request.Path.Value, traceId);
        return new Problem(500, "The service failed. The trace id finds the request in its logs.") { TraceId = traceId };
    }
}

using System.Diagnostics;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Errors;

/// <summary>Maps every exception to a problem; an unforeseen one becomes a 500 with only the trace id.</summary>
/// <param name="limits">The limits, which messages name.</param>
/// <param name="logger">Logs faults of the service.</param>
internal sealed class ProblemExceptionHandler(IOptions<BackpropLimits> limits, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
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
        return new Problem(500, "Internal error. Search the service's logs for the trace id.") { TraceId = traceId };
    }
}

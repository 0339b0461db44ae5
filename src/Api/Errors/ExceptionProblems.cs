using System.Data.Common;
using System.Text.Json;
using Backprop.Api.Limits;
using Backprop.Domain.Graphs;

namespace Backprop.Api.Errors;

/// <summary>The one place that says which exception is which problem.</summary>
public static class ExceptionProblems
{
    private const int RetrySeconds = 5;

    /// <summary>The problem for an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The request it was thrown in.</param>
    /// <param name="limits">The limits, named where one was exceeded.</param>
    /// <returns>The problem, or null for a fault of the service, of which the client learns nothing more.</returns>
    public static Problem? From(Exception exception, HttpContext context, BackpropLimits limits) => exception switch
    {
        ProblemException refused => refused.Problem,
        LimitException limit => limit.Problem,
        GraphException graph => Problem.At(422, graph.Path, graph.Message) with { Node = graph.Node },
        JsonException json => FromJson(json),
        BadHttpRequestException { StatusCode: 413 } => TooLarge(context, limits),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => Problem.At(bad.StatusCode, "", bad.Message),
        InvalidDataException data => Problem.At(400, "", $"The body cannot be decompressed: {data.Message}"),
        OperationCanceledException when context.Features.Get<RequestBudget>() is { TimedOut: true } budget => budget.Exceeded.Problem,
        OutOfMemoryException => Busy("There is not enough memory for this request now."),
        _ when exception.GetBaseException() is DbException { IsTransient: true } => Busy("The database is busy."),
        _ => null,
    };

    private static Problem FromJson(JsonException exception)
    {
        var path = exception.Path ?? "$";
        return Problem.At(400, path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..], exception.Message);
    }

    private static Problem TooLarge(HttpContext context, BackpropLimits limits) =>
        new LimitException("Limits:MaxBodyBytes", limits.MaxBodyBytes, Asked(context, limits), status: 413).Problem;

    // A compressed body is smaller than what it holds, so its stated length would mislead.
    private static double? Asked(HttpContext context, BackpropLimits limits) =>
        context.Request.ContentLength > limits.MaxBodyBytes ? context.Request.ContentLength : null;

    private static Problem Busy(string detail) => new(503, detail) { RetryAfter = RetrySeconds };
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Backprop.Api.Features.Accounts;
using Backprop.Api.Platform.Limits;
using Backprop.Client.Json;
using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Learners;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Errors;

/// <summary>The one place that says which exception is which problem.</summary>
public static partial class ExceptionProblems
{
    private const string RetrySeconds = "5";
    private const int MostFaults = 100;

    /// <summary>The problem for an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The request it was thrown in.</param>
    /// <param name="limits">The limits, named where one was exceeded.</param>
    /// <returns>The problem, or null for a fault of the service, of which the client learns nothing more.</returns>
    public static Problem? From(Exception exception, HttpContext context, BackpropLimits limits) => exception switch
    {
        ProblemException refused => refused.Problem,
        LimitException limit => FromLimit(limit),
        GraphException graph => Problem.At(422, graph.Path, graph.Message) with { Node = graph.Node },
        QuestionFaultException faulty => FromFaults(faulty.Faults),
        QuestionConflictException conflict => Problem.At(409, conflict.Path, conflict.Message),
        AccountDeletedException gone => LearnerTokens.Refusal(gone.Message),
        JsonException json => FromJson(json),
        BadHttpRequestException { StatusCode: 413 } => TooLarge(context, limits),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => FromBinding(bad),
        OperationCanceledException when context.Features.Get<RequestBudget>() is { TimedOut: true } budget => FromLimit(budget.Exceeded),
        MemoryExhaustedException memory => Busy(memory.Message),
        DeviceException { IsBusy: true } device => Busy($"The device cannot compute this now: {device.Message}"),
        DeviceException device => Problem.At(
            422, "device", $"The device cannot compute this: {device.Message}. Leave the choice of the device to the service, or name another one."),
        OutOfMemoryException => Busy("There is not enough memory for this request now."),
        AggregateException { InnerExceptions: [var inner, ..] } => From(inner, context, limits),
        _ when DatabaseFaults.IsBusy(exception) => Busy("The database is busy."),
        _ when DatabaseFaults.IsUnwritable(exception) => Full,
        _ => null,
    };

    // Somebody has to make room first.
    private static Problem Full { get; } = new(507, "Nothing can be stored now: the disk is full, or the database cannot be written.")
    {
        Header = (HeaderNames.RetryAfter, "60"),
    };

    private static Problem FromJson(JsonException exception)
    {
        var (path, message) = JsonErrors.Locate(exception);
        return Problem.At(400, path, message);
    }

    // Where everything is wrong, the first hundred places tell it.
    private static Problem FromFaults(IReadOnlyList<QuestionFault> faults) =>
        new(422, faults.Count == 1 ? faults[0].Message : $"{faults.Count} things are wrong with what was sent.")
        {
            Errors = faults.Take(MostFaults).GroupBy(fault => fault.Path)
                .ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()),
        };

    // The framework names the parameter and its .NET type in its message; the client is told of the former only.
    private static Problem FromBinding(BadHttpRequestException exception) =>
        ParameterInMessage().Match(exception.Message) is { Success: true } parameter
            && JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups["name"].Value) is var name
            ? Problem.At(exception.StatusCode, name, Describe(name, parameter.Groups["value"]))
            : Problem.At(exception.StatusCode, "", exception.Message);

    private static string Describe(string name, Group value) =>
        value.Success ? $"'{value.Value}' is no value of the parameter {name}." : $"The parameter {name} is missing.";

    [GeneratedRegex("""parameter "[^"]* (?<name>\w+)"( from "(?<value>.*)"\.)?""", RegexOptions.Singleline)]
    private static partial Regex ParameterInMessage();

    private static Problem FromLimit(LimitException limit, int status = 422) =>
        Problem.At(status, limit.Path, limit.Message) with { Limit = new ExceededLimit(limit.Limit, limit.Value) };

    /// <summary>The problem of a body that is larger than its route takes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">The limits.</param>
    internal static Problem TooLarge(HttpContext context, BackpropLimits limits)
    {
        BodyLimit limit = ProblemWriter.RouteOf(context)?.Metadata.GetMetadata<BodyLimit>() ?? BodyLimit.Of(BodySize.Short, limits);

        // A compressed body is smaller than what it holds, so its stated length would mislead.
        var stated = context.Request.ContentLength > limit.Bytes ? $"{context.Request.ContentLength} bytes" : "more bytes";
        return FromLimit(new LimitException(limit.Key, limit.Bytes, stated), 413);
    }

    private static Problem Busy(string detail) => new(503, detail) { Header = (HeaderNames.RetryAfter, RetrySeconds) };
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Backprop.Api.Platform.Limits;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Client.Json;
using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Backprop.Domain.Costs;
using Backprop.Domain.Graphs;
using Backprop.Domain.Practice;
using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence;
using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Errors;

/// <summary>The only place that maps exceptions to problems.</summary>
internal static partial class ExceptionProblems
{
    private const string RetrySeconds = "5";
    private const int MostFaults = 100;

    /// <summary>The problem for an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The request it was thrown in.</param>
    /// <param name="limits">The limits, which messages name.</param>
    /// <returns>The problem, or null for a fault of the service, whose details the client does not see.</returns>
    public static Problem? From(Exception exception, HttpContext context, BackpropLimits limits) => exception switch
    {
        ProblemException refused => refused.Problem,
        LimitException limit => FromLimit(limit),
        GraphException graph => Problem.Of(graph),
        CostException cost => FromCost(cost),
        QuestionFaultException faulty => FromFaults(faulty.Faults),
        QuestionConflictException conflict => Problem.At(409, conflict.Path, conflict.Message),
        PracticeException refused => PracticeProblems.From(refused, context),
        TrainingRunException refused => TrainingProblems.From(refused),
        AccountDeletedException gone => Problem.Unauthorized(gone.Message),
        JsonException json => FromJson(json),
        BadHttpRequestException { StatusCode: 413 } => TooLarge(context, limits),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => FromBinding(bad, context),
        OperationCanceledException when context.Features.Get<RequestBudget>() is { TimedOut: true } budget => FromLimit(budget.Exceeded),
        MemoryExhaustedException memory => Busy(memory.Message),
        DeviceException { IsBusy: true } device => Busy($"The device is busy: {device.Message}"),
        DeviceException device => Problem.At(
            422, "device", $"The device cannot compute this: {device.Message}. Omit device, or name another one."),
        OutOfMemoryException => Busy("There is not enough memory for this request at present."),
        AggregateException { InnerExceptions: [var inner, ..] } => From(inner, context, limits),
        _ when DatabaseFaults.IsBusy(exception) => Busy("The database is busy."),
        _ when DatabaseFaults.IsUnwritable(exception) => Full,
        _ => null,
    };

    // An operator has to free space first.
    private static Problem Full { get; } = new(507, "Nothing can be stored: the disk is full, or the database is not writable.")
    {
        Header = (HeaderNames.RetryAfter, "60"),
    };

    private static Problem FromJson(JsonException exception)
    {
        var (path, message) = JsonErrors.Locate(exception);
        return Problem.At(400, path, message);
    }

    private static Problem FromCost(CostException exception) => new(422, exception.Message)
    {
        Errors = exception.Errors.GroupBy(error => error.Path).ToDictionary(path => path.Key, path => path.Select(error => error.Message).ToArray()),
    };

    // Reports at most the first 100 faults.
    private static Problem FromFaults(IReadOnlyList<QuestionFault> faults) =>
        new(422, faults.Count == 1 ? faults[0].Message : $"The request has {faults.Count} faults; errors lists them.")
        {
            Errors = faults.Take(MostFaults).GroupBy(fault => fault.Path)
                .ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()),
        };

    // The framework's message names the parameter and its .NET type; the client sees only the name and the allowed values.
    private static Problem FromBinding(BadHttpRequestException exception, HttpContext context) =>
        ParameterInMessage().Match(exception.Message) is { Success: true } parameter
            && JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups["name"].Value) is var name
            ? Problem.At(exception.StatusCode, name, Describe(name, parameter.Groups["value"], context))
            : Problem.At(exception.StatusCode, "", exception.Message);

    private static string Describe(string name, Group value, HttpContext context) => !value.Success ? $"The parameter {name} is required."
        : Expected(name, context) is { } expected ? $"{name} must be {expected}; got '{value.Value}'."
        : $"'{value.Value}' is not a valid {name}.";

    private static string? Expected(string name, HttpContext context)
    {
        Type? type = ProblemWriter.RouteOf(context)?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.ParameterInfo.ParameterType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is null ? null
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number"
            : EnumQueryValue.NamesOf(type) is { } names ? $"one of {string.Join(", ", names)}"
            : null;
    }

    [GeneratedRegex("""parameter "[^"]* (?<name>\w+)"( from "(?<value>.*)"\.)?""", RegexOptions.Singleline)]
    private static partial Regex ParameterInMessage();

    private static Problem FromLimit(LimitException limit, int status = 422) =>
        Problem.At(status, limit.Path, limit.Message) with { Limit = new ExceededLimit(limit.Limit, limit.Value) };

    /// <summary>The problem of a body that exceeds the limit of its route.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">The limits.</param>
    internal static Problem TooLarge(HttpContext context, BackpropLimits limits)
    {
        BodyLimit limit = ProblemWriter.RouteOf(context)?.Metadata.GetMetadata<BodyLimit>() ?? BodyLimit.Of(BodySize.Short, limits);

        // A compressed body is smaller than its content, so its Content-Length would mislead.
        var stated = context.Request.ContentLength > limit.Bytes ? $"{context.Request.ContentLength} bytes" : "more bytes";
        return FromLimit(new LimitException(limit.Key, limit.Bytes, stated), 413);
    }

    private static Problem Busy(string detail) => new(503, detail) { Header = (HeaderNames.RetryAfter, RetrySeconds) };
}

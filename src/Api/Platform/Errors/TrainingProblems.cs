using System.Globalization;
using Backprop.Api.Platform.Problems;
using Backprop.Api.Platform.Requests;
using Backprop.Domain.Training.Runs;
using Microsoft.Net.Http.Headers;

namespace Backprop.Api.Platform.Errors;

/// <summary>Maps refusals about training runs to problems.</summary>
internal static class TrainingProblems
{
    private const int RetrySeconds = 30;

    /// <summary>The problem of a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    public static Problem From(TrainingRunException refusal) => refusal.Error switch
    {
        RunError.NotFound => new Problem(404, refusal.Message),
        RunError.WrongState => Problem.At(409, "", refusal.Message),
        RunError.KeyReused => Problem.At(422, IdempotencyKey.Header, refusal.Message),
        RunError.TooManyUnfinished => new Problem(429, refusal.Message)
        {
            Limit = refusal.Limit is { } limit ? new ExceededLimit(limit.Name, limit.Value) : null,
            Header = (HeaderNames.RetryAfter, RetrySeconds.ToString(CultureInfo.InvariantCulture)),
        },
        RunError.NoParameters => Problem.At(409, "step", refusal.Message),
        _ => throw new InvalidOperationException($"No problem for {refusal.Error}."),
    };
}

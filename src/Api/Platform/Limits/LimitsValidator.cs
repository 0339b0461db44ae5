using Microsoft.Extensions.Options;

namespace Backprop.Api.Platform.Limits;

/// <summary>Rejects invalid limits at startup, naming each by its configuration key.</summary>
internal sealed class LimitsValidator : IValidateOptions<BackpropLimits>
{
    private const double LongestTimer = int.MaxValue / 1000.0;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BackpropLimits options)
    {
        (string Key, double Value, double Least, double Most)[] bounds =
        [
            (nameof(options.MaxNodes), options.MaxNodes, 1, int.MaxValue),
            (nameof(options.MaxElements), options.MaxElements, 1, long.MaxValue),
            (nameof(options.MaxAnswerElements), options.MaxAnswerElements, 1, long.MaxValue),
            (nameof(options.MaxFlops), options.MaxFlops, 1, double.MaxValue),
            (nameof(options.MaxEmulatedFlops), options.MaxEmulatedFlops, 1, double.MaxValue),
            (nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1, Array.MaxLength),
            (nameof(options.MaxQuestionBytes), options.MaxQuestionBytes, 1, Array.MaxLength),
            (nameof(options.MaxShortBodyBytes), options.MaxShortBodyBytes, 1, Array.MaxLength),
            (nameof(options.Connections), options.Connections, 1, long.MaxValue),
            (nameof(options.TransferSeconds), options.TransferSeconds, 1, LongestTimer),
            (nameof(options.Seconds), options.Seconds, 0.001, LongestTimer),
            (nameof(options.RegisteredGraphs), options.RegisteredGraphs, 0, int.MaxValue),
            (nameof(options.RegisteredGraphBytes), options.RegisteredGraphBytes, 0, long.MaxValue),
            (nameof(options.ClientGraphs), options.ClientGraphs, 0, int.MaxValue),
            (nameof(options.ClientGraphBytes), options.ClientGraphBytes, 0, long.MaxValue),
            (nameof(options.GraphBytes), options.GraphBytes, 0, long.MaxValue),
            (nameof(options.GraphAliases), options.GraphAliases, 0, int.MaxValue),
            (nameof(options.Questions), options.Questions, 0, int.MaxValue),
            (nameof(options.Quizzes), options.Quizzes, 0, int.MaxValue),
            (nameof(options.QuizBytes), options.QuizBytes, 0, long.MaxValue),
            (nameof(options.ClientQuizzes), options.ClientQuizzes, 0, int.MaxValue),
            (nameof(options.ClientQuizBytes), options.ClientQuizBytes, 0, long.MaxValue),
            (nameof(options.AnonymousQuizDays), options.AnonymousQuizDays, 1, 36_500),
            (nameof(options.LearnerNotes), options.LearnerNotes, 0, int.MaxValue),
            (nameof(options.QuestionReports), options.QuestionReports, 0, int.MaxValue),
            (nameof(options.ClientQuestionReports), options.ClientQuestionReports, 0, int.MaxValue),
            (nameof(options.DiagramNodes), options.DiagramNodes, 1, int.MaxValue),
            (nameof(options.TraceNodes), options.TraceNodes, 1, int.MaxValue),
            (nameof(options.PlanCells), options.PlanCells, 1, 1L << 40),
            (nameof(options.Concurrency), options.Concurrency, 1, int.MaxValue),
            (nameof(options.QueueLength), options.QueueLength, 0, int.MaxValue),
            (nameof(options.QueueSeconds), options.QueueSeconds, 0, LongestTimer),
            (nameof(options.MemoryBytes), options.MemoryBytes, 1, long.MaxValue),
        ];
        var failures = bounds
            .Where(bound => !(bound.Value >= bound.Least && bound.Value <= bound.Most))
            .Select(bound => $"{BackpropLimits.Section}:{bound.Key} must lie between {bound.Least} and {bound.Most}; got {bound.Value}.")
            .ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

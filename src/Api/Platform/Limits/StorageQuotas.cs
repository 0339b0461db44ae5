using Backprop.Domain.Practice.Reports;
using Backprop.Domain.Quotas;
using Backprop.Domain.Training.Runs;
using Backprop.Infrastructure.Persistence.Graphs;

namespace Backprop.Api.Platform.Limits;

/// <summary>The quotas on stored data, each with its configuration key.</summary>
internal static class StorageQuotas
{
    /// <summary>The quota of the registry.</summary>
    /// <param name="limits">The configured limits.</param>
    public static GraphQuota GraphQuota(this BackpropLimits limits) => new(
        Limit(nameof(limits.GraphBytes), limits.GraphBytes),
        Limit(nameof(limits.GraphAliases), limits.GraphAliases),
        new StorageQuota(
            "registered graphs",
            Limit(nameof(limits.ClientGraphs), limits.ClientGraphs),
            Limit(nameof(limits.ClientGraphBytes), limits.ClientGraphBytes),
            Limit(nameof(limits.RegisteredGraphs), limits.RegisteredGraphs),
            Limit(nameof(limits.RegisteredGraphBytes), limits.RegisteredGraphBytes)));

    /// <summary>The quota of quizzes.</summary>
    /// <param name="limits">The configured limits.</param>
    public static StorageQuota QuizQuota(this BackpropLimits limits) => Practice(limits, "quizzes");

    /// <summary>The quota of interviews.</summary>
    /// <param name="limits">The configured limits.</param>
    public static StorageQuota InterviewQuota(this BackpropLimits limits) => Practice(limits, "interviews");

    /// <summary>The most notes of a learner.</summary>
    /// <param name="limits">The configured limits.</param>
    public static StorageLimit NoteLimit(this BackpropLimits limits) => Limit(nameof(limits.LearnerNotes), limits.LearnerNotes);

    /// <summary>The quota of reports of errors.</summary>
    /// <param name="limits">The configured limits.</param>
    public static ReportQuota ReportQuota(this BackpropLimits limits) => new(
        Limit(nameof(limits.ClientQuestionReports), limits.ClientQuestionReports),
        Limit(nameof(limits.QuestionReports), limits.QuestionReports));

    /// <summary>The quota of training runs.</summary>
    /// <param name="options">The configured limits.</param>
    public static RunQuota RunQuota(this TrainingOptions options) => new(
        new StorageQuota(
            "training runs",
            Training(nameof(options.ClientRuns), options.ClientRuns),
            Training(nameof(options.ClientRunBytes), options.ClientRunBytes),
            Training(nameof(options.Runs), options.Runs),
            Training(nameof(options.RunBytes), options.RunBytes)),
        Training(nameof(options.ClientUnfinishedRuns), options.ClientUnfinishedRuns),
        Training(nameof(options.UnfinishedRuns), options.UnfinishedRuns));

    private static StorageQuota Practice(BackpropLimits limits, string items) => new(
        items,
        Limit(nameof(limits.ClientQuizzes), limits.ClientQuizzes),
        Limit(nameof(limits.ClientQuizBytes), limits.ClientQuizBytes),
        Limit(nameof(limits.Quizzes), limits.Quizzes),
        Limit(nameof(limits.QuizBytes), limits.QuizBytes));

    private static StorageLimit Training(string key, long value) => new($"{TrainingOptions.Section}:{key}", value);

    private static StorageLimit Limit(string key, long value) => new($"{BackpropLimits.Section}:{key}", value);
}

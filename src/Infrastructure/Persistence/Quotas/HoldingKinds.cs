namespace Backprop.Infrastructure.Persistence.Quotas;

/// <summary>What clients store. Each kind has its own quota, so that no kind displaces another.</summary>
internal static class HoldingKinds
{
    public const string Graphs = "graphs";
    public const string Quizzes = "quizzes";
    public const string LearnerQuizzes = "learnerQuizzes";
    public const string Interviews = "interviews";
    public const string LearnerInterviews = "learnerInterviews";

    public const string TrainingRuns = "trainingRuns";
    public const string LearnerTrainingRuns = "learnerTrainingRuns";

    public static string QuizzesOf(string? learner) => learner is null ? Quizzes : LearnerQuizzes;

    public static string InterviewsOf(string? learner) => learner is null ? Interviews : LearnerInterviews;

    public static string TrainingRunsOf(string? learner) => learner is null ? TrainingRuns : LearnerTrainingRuns;
}

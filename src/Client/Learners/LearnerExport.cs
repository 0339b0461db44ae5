using Backprop.Client.Practice;
using Backprop.Client.Training;

namespace Backprop.Client.Learners;

/// <summary>Everything that the service holds of a learner except the password, which is only stored as a hash.</summary>
public sealed record LearnerExport
{
    /// <summary>When the export was created.</summary>
    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The account.</summary>
    public required ExportedAccount Account { get; init; }

    /// <summary>Every answer and review, the oldest first.</summary>
    public required IReadOnlyList<ExportedAnswer> Answers { get; init; }

    /// <summary>Every question under review, the soonest due first.</summary>
    public required IReadOnlyList<ExportedCard> Cards { get; init; }

    /// <summary>Every quiz in its current state, the oldest first; without pictures of its graphs.</summary>
    public required IReadOnlyList<QuizPage> Quizzes { get; init; }

    /// <summary>Every interview in its current state, the oldest first.</summary>
    public required IReadOnlyList<InterviewPage> Interviews { get; init; }

    /// <summary>Every training run in its current state, the oldest first; its links lead to what it recorded.</summary>
    public IReadOnlyList<TrainingRunPage> TrainingRuns { get; init; } = [];

    /// <summary>Every star and note, by the ids of their questions.</summary>
    public IReadOnlyList<QuestionNotePage> Notes { get; init; } = [];

    /// <summary>Every item of a study set that was marked as done.</summary>
    public IReadOnlyList<ExportedStudyMark> StudyMarks { get; init; } = [];

    /// <summary>Every error that was reported, the oldest first.</summary>
    public IReadOnlyList<QuestionReportPage> Reports { get; init; } = [];
}

/// <summary>An account.</summary>
public sealed record ExportedAccount
{
    /// <summary>The id of the learner.</summary>
    public required string Id { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether signing in requires a code.</summary>
    public required bool TwoFactorEnabled { get; init; }

    /// <summary>The learner's sessions, the oldest first.</summary>
    public IReadOnlyList<ExportedSession> Sessions { get; init; } = [];

    /// <summary>The network addresses of the last sign-ins, so that wrong passwords from elsewhere do not hold up the learner.</summary>
    public IReadOnlyList<string> KnownAddresses { get; init; } = [];
}

/// <summary>A session.</summary>
public sealed record ExportedSession
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends unless it is refreshed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The source of an answer.</summary>
public enum AnswerSource
{
    /// <summary>An item of a quiz.</summary>
    Quiz,

    /// <summary>An interview question, graded with its rubric.</summary>
    Interview,

    /// <summary>A question that was due for review.</summary>
    Review,

    /// <summary>The daily question.</summary>
    Daily,
}

/// <summary>An answer or a review.</summary>
public sealed record ExportedAnswer
{
    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The id of its topic at that time.</summary>
    public required string Topic { get; init; }

    /// <summary>Its difficulty at that time.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>Where it was asked.</summary>
    public required AnswerSource Source { get; init; }

    /// <summary>Its score, 0 to 1; absent if the learner rated it.</summary>
    public double? Score { get; init; }

    /// <summary>How well it was remembered.</summary>
    public required ReviewRating Rating { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }
}

/// <summary>A question under review.</summary>
public sealed record ExportedCard
{
    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The state of the learner's memory of it.</summary>
    public required ReviewCard Card { get; init; }
}

using Backprop.Client.Practice;

namespace Backprop.Client.Learners;

/// <summary>How well a question was remembered.</summary>
public enum ReviewRating
{
    /// <summary>Not at all.</summary>
    Again,

    /// <summary>With difficulty.</summary>
    Hard,

    /// <summary>After some thought.</summary>
    Good,

    /// <summary>At once.</summary>
    Easy,
}

/// <summary>The state of a question in a learner's memory.</summary>
public enum ReviewState
{
    /// <summary>Asked again within minutes, until it is known.</summary>
    Learning,

    /// <summary>Asked again after days.</summary>
    Review,

    /// <summary>Forgotten, and asked again within minutes.</summary>
    Relearning,
}

/// <summary>A learner's memory of a question (FSRS-6).</summary>
public sealed record ReviewCard
{
    /// <summary>Its state.</summary>
    public required ReviewState State { get; init; }

    /// <summary>When to ask it again.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The days after which the probability of remembering it falls to 0.9.</summary>
    public required double Stability { get; init; }

    /// <summary>Its difficulty for this learner, 1 to 10.</summary>
    public required double Difficulty { get; init; }

    /// <summary>The probability of remembering it now, 0 to 1.</summary>
    public required double Retrievability { get; init; }

    /// <summary>When it was last answered.</summary>
    public required DateTimeOffset LastReview { get; init; }

    /// <summary>The number of answers.</summary>
    public required int Reviews { get; init; }

    /// <summary>The number of times it was forgotten after it was known.</summary>
    public required int Lapses { get; init; }
}

/// <summary>The due questions, the longest due first.</summary>
public sealed record ReviewQueue
{
    /// <summary>The first of them.</summary>
    public required IReadOnlyList<DueReview> Items { get; init; }

    /// <summary>The total number of due questions.</summary>
    public required long Due { get; init; }

    /// <summary>The number of questions under review, due or not.</summary>
    public required long Total { get; init; }

    /// <summary>When the next one is due; absent if none is waiting.</summary>
    public DateTimeOffset? NextDue { get; init; }
}

/// <summary>A question that is due.</summary>
public sealed record DueReview
{
    /// <summary>The number of this review of the question, from 1; the answer may repeat it as <c>review</c>.</summary>
    public required int Review { get; init; }

    /// <summary>The question as drawn for this review; choices in alphabetical order.</summary>
    public required QuestionPage Question { get; init; }

    /// <summary>The state of the learner's memory of it.</summary>
    public required ReviewCard Card { get; init; }
}

/// <summary>Reviews a question: give either an answer, which the service grades, or the learner's own rating.</summary>
public sealed record ReviewRequest
{
    /// <summary>How well it was remembered, as judged by the learner.</summary>
    public ReviewRating? Rating { get; init; }

    /// <summary>The answer; a full score is rated good, at least half hard, less again.</summary>
    public AnswerValue? Answer { get; init; }

    /// <summary>
    /// The number of this review, as returned by the queue; if another one came first, the response is 409 and nothing changes. Default: the next
    /// one.
    /// </summary>
    public int? Review { get; init; }
}

/// <summary>The result of a review.</summary>
public sealed record ReviewResult
{
    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The number of this review, from 1.</summary>
    public required int Review { get; init; }

    /// <summary>How well it was remembered.</summary>
    public required ReviewRating Rating { get; init; }

    /// <summary>The new state of the learner's memory of it.</summary>
    public required ReviewCard Card { get; init; }

    /// <summary>The result of the answer; absent if the learner rated it.</summary>
    public AnswerGrade? Grade { get; init; }

    /// <summary>The explanation, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Its sources.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }

    /// <summary>The worked solution; absent if the question is about no graph.</summary>
    public WorkedSolution? Solution { get; init; }
}

/// <summary>The result of an answer.</summary>
public sealed record AnswerGrade
{
    /// <summary>Whether it is fully correct.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Feedback on the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>A correct answer, which would score 1.</summary>
    public required AnswerValue Expected { get; init; }

    /// <summary>The results of the gradients of a derivation, or of line and fix of a debugging exercise; absent for other kinds.</summary>
    public IReadOnlyList<PartResult>? Parts { get; init; }
}

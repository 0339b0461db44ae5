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

/// <summary>Where a question stands on its way into memory.</summary>
public enum ReviewState
{
    /// <summary>Asked again within minutes, until it is known.</summary>
    Learning,

    /// <summary>Asked again after days.</summary>
    Review,

    /// <summary>Forgotten, and asked again within minutes.</summary>
    Relearning,
}

/// <summary>What is known of a learner's memory of a question (FSRS-6).</summary>
public sealed record ReviewCard
{
    /// <summary>Where it stands.</summary>
    public required ReviewState State { get; init; }

    /// <summary>When to ask it again.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>After how many days the chance to remember it has fallen to 0.9.</summary>
    public required double Stability { get; init; }

    /// <summary>How hard it is for this learner, 1 to 10.</summary>
    public required double Difficulty { get; init; }

    /// <summary>The chance to remember it now, 0 to 1.</summary>
    public required double Retrievability { get; init; }

    /// <summary>When it was last answered.</summary>
    public required DateTimeOffset LastReview { get; init; }

    /// <summary>How often it was answered.</summary>
    public required int Reviews { get; init; }

    /// <summary>How often it was forgotten once it had been known.</summary>
    public required int Lapses { get; init; }
}

/// <summary>The questions that are due, the longest due first.</summary>
public sealed record ReviewQueue
{
    /// <summary>The first of them.</summary>
    public required IReadOnlyList<DueReview> Items { get; init; }

    /// <summary>How many are due altogether.</summary>
    public required long Due { get; init; }

    /// <summary>How many questions are under review, due or not.</summary>
    public required long Total { get; init; }

    /// <summary>When the next one falls due; absent where none is waiting.</summary>
    public DateTimeOffset? NextDue { get; init; }
}

/// <summary>A question that is due.</summary>
public sealed record DueReview
{
    /// <summary>Which review of the question this is, from 1: what <c>review</c> of the answer may repeat.</summary>
    public required int Review { get; init; }

    /// <summary>The question, as it is drawn for this review; choices in alphabetical order.</summary>
    public required QuestionPage Question { get; init; }

    /// <summary>What is known of the learner's memory of it.</summary>
    public required ReviewCard Card { get; init; }
}

/// <summary>Reviews a question: by an answer, which the service grades, or by the learner's own rating. One of the two is given.</summary>
public sealed record ReviewRequest
{
    /// <summary>How well it was remembered, by the learner's own judgement.</summary>
    public ReviewRating? Rating { get; init; }

    /// <summary>The answer; a full score is rated good, at least half of it hard, less again.</summary>
    public AnswerValue? Answer { get; init; }

    /// <summary>
    /// Which review this is, as the queue told it; where another one came first the answer is 409 and nothing changes. Default: the next one.
    /// </summary>
    public int? Review { get; init; }
}

/// <summary>What came of a review.</summary>
public sealed record ReviewResult
{
    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Which review of it this was, from 1.</summary>
    public required int Review { get; init; }

    /// <summary>How well it was remembered.</summary>
    public required ReviewRating Rating { get; init; }

    /// <summary>What is known of the learner's memory of it from now on.</summary>
    public required ReviewCard Card { get; init; }

    /// <summary>What came of the answer; absent where the learner rated.</summary>
    public AnswerGrade? Grade { get; init; }

    /// <summary>Why the answer is what it is, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where that comes from.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>What came of an answer.</summary>
public sealed record AnswerGrade
{
    /// <summary>Whether nothing is missing.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>What there is to say about the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>A right answer: graded, it scores 1.</summary>
    public required AnswerValue Expected { get; init; }
}

using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>An answer or a review of a learner.</summary>
public sealed class LearnerAnswer
{
    /// <summary>The index in the order of answering.</summary>
    public long Sequence { get; init; }

    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The id of its topic at that time.</summary>
    public required string Topic { get; init; }

    /// <summary>Its difficulty at that time.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>Where it was asked.</summary>
    public required AnswerOrigin Source { get; init; }

    /// <summary>Its score, 0 … 1; null if the learner rated it.</summary>
    public double? Score { get; init; }

    /// <summary>How well it was remembered.</summary>
    public required RecallRating Rating { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The row of an answer.</summary>
    internal static LearnerAnswer Of(RecordedAnswer answer) => new()
    {
        LearnerId = answer.LearnerId,
        QuestionId = answer.QuestionId,
        Topic = answer.Topic,
        Difficulty = answer.Difficulty,
        Source = answer.Source,
        Score = answer.Score,
        Rating = answer.Rating,
        AnsweredAt = answer.At,
    };
}

/// <summary>A question under review by a learner.</summary>
public sealed class StoredCard
{
    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Its state.</summary>
    public CardState State { get; set; }

    /// <summary>Its learning or relearning step, from 0.</summary>
    public int Step { get; set; }

    /// <summary>The days after which the probability of remembering it falls to 0.9.</summary>
    public double Stability { get; set; }

    /// <summary>Its difficulty for the learner, 1 … 10.</summary>
    public double Difficulty { get; set; }

    /// <summary>When it was last reviewed, in UTC.</summary>
    public DateTimeOffset LastReview { get; set; }

    /// <summary>When to ask it again, in UTC.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>The number of reviews.</summary>
    public int Reviews { get; set; }

    /// <summary>The number of times it was forgotten after it was known.</summary>
    public int Lapses { get; set; }

    /// <summary>The card of the row.</summary>
    public Card Card
    {
        get => new(State, Step, new MemoryState(Stability, Difficulty), LastReview, Due, Reviews, Lapses);
        set => (State, Step, Stability, Difficulty, LastReview, Due, Reviews, Lapses) =
            (value.State, value.Step, value.Memory.Stability, value.Memory.Difficulty, value.LastReview, value.Due, value.Reviews, value.Lapses);
    }
}

/// <summary>The question of a day.</summary>
public sealed class StoredDailyQuestion
{
    /// <summary>The number of the day, as in <see cref="DateOnly.DayNumber"/>.</summary>
    public required int Day { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; set; }
}

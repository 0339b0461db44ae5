using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Reviews;

namespace Backprop.Infrastructure.Persistence.Learners;

/// <summary>What a learner answered.</summary>
public enum AnswerOrigin
{
    /// <summary>An item of a quiz.</summary>
    Quiz,

    /// <summary>An interview question, by its rubric.</summary>
    Interview,

    /// <summary>A question that was due for review.</summary>
    Review,

    /// <summary>The daily question.</summary>
    Daily,
}

/// <summary>An answer or a review of a learner.</summary>
public sealed class LearnerAnswer
{
    /// <summary>The place in the order of answering.</summary>
    public long Sequence { get; init; }

    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The id of its topic at that time.</summary>
    public required string Topic { get; init; }

    /// <summary>How hard it was at that time.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>Where it was asked.</summary>
    public required AnswerOrigin Source { get; init; }

    /// <summary>What it scored, 0 … 1; null where the learner rated.</summary>
    public double? Score { get; init; }

    /// <summary>How well it was remembered.</summary>
    public required RecallRating Rating { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }
}

/// <summary>A question under review by a learner.</summary>
public sealed class StoredCard
{
    /// <summary>Whose it is.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Where it stands.</summary>
    public CardState State { get; set; }

    /// <summary>Which learning or relearning step it is on, from 0.</summary>
    public int Step { get; set; }

    /// <summary>After how many days the chance to remember it has fallen to 0.9.</summary>
    public double Stability { get; set; }

    /// <summary>How hard it is for the learner, 1 … 10.</summary>
    public double Difficulty { get; set; }

    /// <summary>When it was last reviewed, in UTC.</summary>
    public DateTimeOffset LastReview { get; set; }

    /// <summary>When to ask it again, in UTC.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>How often it was reviewed.</summary>
    public int Reviews { get; set; }

    /// <summary>How often it was forgotten once it had been known.</summary>
    public int Lapses { get; set; }

    /// <summary>The card that the row holds.</summary>
    public Card Card
    {
        get => new(State, Step, new MemoryState(Stability, Difficulty), LastReview, Due, Reviews, Lapses);
        set => (State, Step, Stability, Difficulty, LastReview, Due, Reviews, Lapses) =
            (value.State, value.Step, value.Memory.Stability, value.Memory.Difficulty, value.LastReview, value.Due, value.Reviews, value.Lapses);
    }
}

/// <summary>Which question a day has.</summary>
public sealed class StoredDailyQuestion
{
    /// <summary>The number of the day, as <see cref="DateOnly.DayNumber"/> counts.</summary>
    public required int Day { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; set; }
}

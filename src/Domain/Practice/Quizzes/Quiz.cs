namespace Backprop.Domain.Practice.Quizzes;

/// <summary>Whether a quiz takes answers.</summary>
public enum QuizStatus
{
    /// <summary>It takes answers.</summary>
    Open,

    /// <summary>Every item is answered, or the quiz was finished by request.</summary>
    Finished,

    /// <summary>The time ran out before every item was answered.</summary>
    Expired,
}

/// <summary>What a quiz or a list does not show of a question.</summary>
[Flags]
public enum HiddenDetails
{
    /// <summary>Everything is shown.</summary>
    None = 0,

    /// <summary>The difficulty.</summary>
    Difficulty = 1,

    /// <summary>The title.</summary>
    Title = 2,
}

/// <summary>The progress of a quiz.</summary>
/// <param name="Count">How many items it has.</param>
/// <param name="Answered">How many of them take no more answers.</param>
/// <param name="ExpiresAt">Answers submitted from this time on are rejected; null if there is no limit.</param>
/// <param name="FinishedAt">When it was finished; null until then.</param>
public readonly record struct QuizProgress(int Count, int Answered, DateTimeOffset? ExpiresAt, DateTimeOffset? FinishedAt = null)
{
    /// <summary>The state at a time. A quiz that was finished in time stays finished.</summary>
    public QuizStatus StateAt(DateTimeOffset now) =>
        Answered == Count || FinishedAt is not null ? QuizStatus.Finished : ExpiresAt <= now ? QuizStatus.Expired : QuizStatus.Open;
}

/// <summary>A quiz.</summary>
/// <param name="Id">Its id, which cannot be guessed.</param>
/// <param name="Seed">The random seed it was drawn with.</param>
/// <param name="CreatedAt">When it was drawn.</param>
/// <param name="ExpiresAt">Answers submitted from this time on are rejected; null if there is no limit.</param>
/// <param name="Items">Its items by their number.</param>
public sealed record Quiz(string Id, long Seed, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<QuizEntry> Items)
{
    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? Learner { get; init; }

    /// <summary>When it was finished; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What items do not show until they take no more answers.</summary>
    public HiddenDetails Hidden { get; init; }

    /// <summary>Its progress.</summary>
    public QuizProgress Progress => new(Items.Count, Items.Count(item => item.IsOver), ExpiresAt, FinishedAt);

    /// <summary>The mean score of its items, 0 … 1: unanswered items count as 0.</summary>
    public double Score => Items.Average(item => item.Score);
}

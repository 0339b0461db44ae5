using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Interviews;

/// <summary>How far an interview has come.</summary>
public enum InterviewStatus
{
    /// <summary>The learner answers, perhaps with hints.</summary>
    QueryExecution,

    /// <summary>Model answer and rubric are revealed.</summary>
    Revealed,

    /// <summary>The learner marked what the own answer named.</summary>
    Marked,
}

/// <summary>One interview question, practised: hints, then the model answer, then marks.</summary>
/// <param name="Id">Its id, which nobody can guess.</param>
/// <param name="Seed">What the question was drawn from; null where it was named.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Question">The question, stored whole: later versions do not change it.</param>
public sealed record Interview(string Id, long? Seed, DateTimeOffset CreatedAt, int Version, Question Question)
{
    /// <summary>How many hints are revealed.</summary>
    public int HintsTaken { get; init; }

    /// <summary>Whether the model answer is revealed.</summary>
    public bool IsRevealed { get; init; }

    /// <summary>The ids of the facts that the learner named; null until they are marked.</summary>
    public IReadOnlySet<string>? Named { get; init; }

    /// <summary>What the answer is held against.</summary>
    public InterviewKey Key => Question.Interview!;

    /// <summary>How far it has come.</summary>
    public InterviewStatus State => Named is not null ? InterviewStatus.Marked : IsRevealed ? InterviewStatus.Revealed
        : InterviewStatus.QueryExecution;

    /// <summary>Whether there is another hint to reveal: after the model answer there is none.</summary>
    public bool HasHint => !IsRevealed && HintsTaken < Question.Hints.Count;

    /// <summary>What the marks are worth; null until the facts are marked.</summary>
    public InterviewScore? Score => Named is { } named ? InterviewScore.Of(Key.Rubric, named) : null;
}

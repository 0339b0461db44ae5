using Backprop.Domain.Practice.Questions;

namespace Backprop.Domain.Practice.Interviews;

/// <summary>The stages of an interview.</summary>
public enum InterviewStatus
{
    /// <summary>The learner answers, possibly with hints.</summary>
    Asked,

    /// <summary>Model answer and rubric are revealed.</summary>
    Revealed,

    /// <summary>The learner marked the facts that the answer mentioned.</summary>
    Marked,
}

/// <summary>A practised interview question: hints, then the model answer, then marks.</summary>
/// <param name="Id">Its id, which cannot be guessed.</param>
/// <param name="Seed">The random seed the question was drawn with; null if the question was named.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="Version">The version of the question.</param>
/// <param name="Question">The question, stored in full: later versions do not change it.</param>
public sealed record Interview(string Id, long? Seed, DateTimeOffset CreatedAt, int Version, Question Question)
{
    /// <summary>How many hints are revealed.</summary>
    public int HintsTaken { get; init; }

    /// <summary>Whether the model answer is revealed.</summary>
    public bool IsRevealed { get; init; }

    /// <summary>The ids of the facts that the answer mentioned; null until they are marked.</summary>
    public IReadOnlySet<string>? MentionedFacts { get; init; }

    /// <summary>The model answer and the rubric.</summary>
    public InterviewKey Key => Question.Interview!;

    /// <summary>The stage it has reached.</summary>
    public InterviewStatus State => MentionedFacts is not null ? InterviewStatus.Marked : IsRevealed ? InterviewStatus.Revealed
        : InterviewStatus.Asked;

    /// <summary>Whether another hint can be revealed: there are none after the model answer.</summary>
    public bool HasHint => !IsRevealed && HintsTaken < Question.Hints.Count;

    /// <summary>The score of the marks; null until the facts are marked.</summary>
    public InterviewScore? Score => MentionedFacts is { } named ? InterviewScore.Of(Key.Rubric, named) : null;
}

using Backprop.Domain.Practice.Grading;
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
    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? Learner { get; init; }

    /// <summary>How many hints are revealed.</summary>
    public int HintsTaken { get; init; }

    /// <summary>The learner's answer in their own words, given before the model answer was revealed; null if there is none.</summary>
    public string? Answer { get; init; }

    /// <summary>When the model answer was revealed; null until then.</summary>
    public DateTimeOffset? RevealedAt { get; init; }

    /// <summary>The ids of the facts that the answer mentioned; null until they are marked.</summary>
    public IReadOnlySet<string>? MentionedFacts { get; init; }

    /// <summary>When these facts were marked; null until then.</summary>
    public DateTimeOffset? MarkedAt { get; init; }

    /// <summary>The time from the question to the model answer; null until it is revealed.</summary>
    public TimeSpan? TimeTaken => RevealedAt - CreatedAt;

    /// <summary>Whether the model answer is revealed.</summary>
    public bool IsRevealed => RevealedAt is not null;

    /// <summary>The model answer and the rubric.</summary>
    public InterviewKey Key => Question.Interview!;

    /// <summary>The stage it has reached.</summary>
    public InterviewStatus State => MentionedFacts is not null ? InterviewStatus.Marked : IsRevealed ? InterviewStatus.Revealed
        : InterviewStatus.Asked;

    /// <summary>Whether another hint can be revealed: there are none after the model answer.</summary>
    public bool HasHint => !IsRevealed && HintsTaken < Question.Hints.Count;

    /// <summary>The score of the marks; null until the facts are marked.</summary>
    public InterviewScore? Score => MentionedFacts is { } named ? InterviewScore.Of(Key.Rubric, named) : null;

    /// <summary>The interview with its next hint revealed.</summary>
    /// <exception cref="PracticeException">There is none.</exception>
    public Interview TakeHint() => HasHint
        ? this with { HintsTaken = HintsTaken + 1 }
        : throw new PracticeException(PracticeError.NoHint,
            IsRevealed ? "The model answer is revealed; no further hints are given." : "All hints are revealed.");

    /// <summary>The interview with its model answer revealed.</summary>
    /// <param name="answer">The learner's answer in their own words, or null. The same one, or none, changes nothing later.</param>
    /// <param name="now">When it is revealed.</param>
    /// <exception cref="PracticeException">The model answer was revealed before, after another answer or none.</exception>
    public Interview Reveal(string? answer, DateTimeOffset now) => !IsRevealed ? this with { Answer = answer, RevealedAt = now }
        : answer is null || answer == Answer ? this
        : throw new PracticeException(PracticeError.AnswerRevealed,
            $"The model answer is revealed; {(Answer is null ? "no answer was" : "another answer was")} given before it, which stays so.");

    /// <summary>The interview with new marks in place of earlier ones.</summary>
    /// <param name="facts">The ids of the facts that the answer mentioned.</param>
    /// <param name="now">When they were marked; the same marks again keep their time.</param>
    /// <exception cref="PracticeException">The rubric is not revealed yet, has no such fact, or a fact is named twice.</exception>
    public Interview Mark(IReadOnlyList<string> facts, DateTimeOffset now)
    {
        if (State == InterviewStatus.Asked)
        {
            throw new PracticeException(PracticeError.RubricHidden, "The rubric is not revealed yet.");
        }

        IReadOnlySet<string> mentioned = RubricMarks.Read(Key.Rubric, facts);
        return MentionedFacts?.SetEquals(mentioned) == true ? this : this with { MentionedFacts = mentioned, MarkedAt = now };
    }
}

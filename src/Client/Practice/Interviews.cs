namespace Backprop.Client.Practice;

/// <summary>Asks for an interview question to practise with.</summary>
public sealed record InterviewRequest
{
    /// <summary>Which questions to draw from; <c>kind</c> is interview. Default: all interview questions.</summary>
    public QuestionFilterContract? Filters { get; init; }

    /// <summary>What to draw from: the same filters and seed give the same question. Default: one at random, which the answer tells.</summary>
    public long? Seed { get; init; }

    /// <summary>The id of the question, in place of filters and seed.</summary>
    public string? QuestionId { get; init; }
}

/// <summary>How far an interview has come.</summary>
public enum InterviewState
{
    /// <summary>The learner answers, perhaps with hints.</summary>
    QueryExecution,

    /// <summary>Model answer and rubric are revealed.</summary>
    Revealed,

    /// <summary>The learner marked what the own answer named.</summary>
    Marked,
}

/// <summary>An interview as it stands: what is not yet revealed is absent.</summary>
public sealed record InterviewPage
{
    /// <summary>Its id, which nobody can guess.</summary>
    public required string Id { get; init; }

    /// <summary>How far it has come.</summary>
    public required InterviewState State { get; init; }

    /// <summary>The seed that the question was drawn from; absent where it was named.</summary>
    public long? Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question; later versions do not change the interview.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How hard it is.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The companies that are known to ask it.</summary>
    public required IReadOnlyList<CompanyTagContract> Companies { get; init; }

    /// <summary>The hints revealed so far.</summary>
    public required IReadOnlyList<QuestionHint> Hints { get; init; }

    /// <summary>How many more hints there are.</summary>
    public required int HintsLeft { get; init; }

    /// <summary>Model answer and rubric; absent until they are revealed.</summary>
    public InterviewReveal? Answer { get; init; }

    /// <summary>What the learner marked; absent until then.</summary>
    public InterviewMarks? Marks { get; init; }
}

/// <summary>What a revealed answer shows.</summary>
public sealed record InterviewReveal
{
    /// <summary>A full answer, Markdown.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The facts that an answer should name: what to mark.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>Background to the model answer, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where it comes from, and what to read next.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>Says which facts of the rubric the own answer named.</summary>
public sealed record InterviewMarksRequest
{
    /// <summary>The ids of the facts, each once.</summary>
    public required IReadOnlyList<string> Named { get; init; }
}

/// <summary>What came of an interview.</summary>
public sealed record InterviewMarks
{
    /// <summary>The weight of the named facts by that of all, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The ids of the facts that were named, in the order of the rubric.</summary>
    public required IReadOnlyList<string> Named { get; init; }

    /// <summary>The facts that were not named.</summary>
    public required IReadOnlyList<RubricFactContract> Missed { get; init; }

    /// <summary>How many hints were taken.</summary>
    public required int HintsTaken { get; init; }

    /// <summary>What an interviewer asks next.</summary>
    public required IReadOnlyList<string> FollowUps { get; init; }
}

using System.Text.Json.Serialization;

namespace Backprop.Client.Practice;

/// <summary>Requests an interview question for practice.</summary>
public sealed record InterviewRequest
{
    /// <summary>The filters of the questions to draw from; <c>kind</c> is interview. Default: all interview questions.</summary>
    public QuizFilters? Filters { get; init; }

    /// <summary>The random seed: the same filters and seed give the same question. Default: a random one, which the answer contains.</summary>
    public long? Seed { get; init; }

    /// <summary>The id of the question, instead of filters and seed.</summary>
    public string? QuestionId { get; init; }
}

/// <summary>The state of an interview.</summary>
public enum InterviewState
{
    /// <summary>The learner is answering, possibly with hints.</summary>
    Asked,

    /// <summary>The model answer and the rubric are revealed.</summary>
    Revealed,

    /// <summary>The learner has marked the facts that the answer mentions.</summary>
    Marked,
}

/// <summary>The state of an interview; what is not yet revealed is absent.</summary>
public sealed record InterviewPage
{
    /// <summary>Its unguessable id.</summary>
    public required string Id { get; init; }

    /// <summary>Its state.</summary>
    public required InterviewState State { get; init; }

    /// <summary>The seed that the question was drawn from; absent if it was named.</summary>
    public long? Seed { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question; later versions do not change the interview.</summary>
    public required int Version { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its difficulty.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The prompt, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The companies known to ask it.</summary>
    public required IReadOnlyList<CompanyTagContract> Companies { get; init; }

    /// <summary>The revealed hints.</summary>
    public required IReadOnlyList<QuestionHint> Hints { get; init; }

    /// <summary>The number of remaining hints.</summary>
    public required int HintsLeft { get; init; }

    /// <summary>The model answer and the rubric; absent until they are revealed.</summary>
    public InterviewReveal? Answer { get; init; }

    /// <summary>The learner's marks; absent until they are given.</summary>
    public InterviewMarks? Marks { get; init; }
}

/// <summary>The learner's own answer to an interview question.</summary>
public sealed record InterviewAnswerRequest
{
    /// <summary>The answer in the learner's own words, at most 20,000 characters. Default: none.</summary>
    public string? Answer { get; init; }
}

/// <summary>The content of a revealed answer.</summary>
public sealed record InterviewReveal
{
    /// <summary>The learner's own answer; absent if none was given.</summary>
    public string? Answer { get; init; }

    /// <summary>The seconds from the question to the model answer.</summary>
    public double Seconds { get; init; }

    /// <summary>The ids of the facts that the learner's answer seems to mention, by its words: a suggestion for the marks. Absent without an
    /// answer.</summary>
    public IReadOnlyList<string>? Suggested { get; init; }

    /// <summary>A full answer, Markdown.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The rubric: the facts that an answer should mention, to be marked.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>Background to the model answer, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Its sources, and further reading.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>Marks the rubric facts that the answer mentions.</summary>
public sealed record InterviewMarksRequest
{
    /// <summary>The ids of the facts, each once.</summary>
    public required IReadOnlyList<string> Named { get; init; }
}

/// <summary>The result of an interview.</summary>
public sealed record InterviewMarks
{
    /// <summary>The ratio of the weight of the mentioned facts to that of all, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The ids of the mentioned facts, in the order of the rubric.</summary>
    public required IReadOnlyList<string> Named { get; init; }

    /// <summary>The facts that were not mentioned.</summary>
    public required IReadOnlyList<RubricFactContract> Missed { get; init; }

    /// <summary>The number of hints used.</summary>
    public required int HintsTaken { get; init; }

    /// <summary>An interviewer's follow-up questions.</summary>
    public required IReadOnlyList<string> FollowUps { get; init; }

    /// <summary>The answers to the follow-up questions in the same order, Markdown; absent if the question has none.</summary>
    public IReadOnlyList<string>? FollowUpAnswers { get; init; }
}

/// <summary>A page of the learner's interviews, the newest first.</summary>
public sealed record InterviewList
{
    /// <summary>The interviews of this page.</summary>
    public required IReadOnlyList<InterviewSummary> Items { get; init; }

    /// <summary>The value of <c>cursor</c> for the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }
}

/// <summary>An interview in a list.</summary>
public sealed record InterviewSummary
{
    /// <summary>Its id: <c>GET /interviews/{id}</c> shows the answer beside the model answer.</summary>
    public required string Id { get; init; }

    /// <summary>Its state.</summary>
    public required InterviewState State { get; init; }

    /// <summary>The question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The title of the question.</summary>
    public required string Title { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The seconds from the question to the model answer; absent until it is revealed.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether the learner gave an answer in their own words.</summary>
    public required bool Answered { get; init; }

    /// <summary>The number of hints used.</summary>
    public required int HintsTaken { get; init; }

    /// <summary>The score of the marks, 0 to 1; absent until they are given.</summary>
    public double? Score { get; init; }
}

namespace Backprop.Client.Practice;

/// <summary>A question without its key; if it is drawn from a seed, the draw of seed 0.</summary>
public sealed record QuestionPage
{
    /// <summary>Its permanent id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Its topic.</summary>
    public required TopicContract Topic { get; init; }

    /// <summary>Its kind.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Its difficulty.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The prompt, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about; absent if there is none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>The choices, in alphabetical order; absent for other kinds.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The unit of the number; absent if there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>How close a number has to be to the right one: <c>1 %</c>, <c>0.5 days</c>; absent for other kinds.</summary>
    public string? Tolerance { get; init; }

    /// <summary>The variables of the formula; absent for other kinds.</summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>The program of a derivation or debugging exercise; absent for other kinds.</summary>
    public ExercisePrompt? Exercise { get; init; }

    /// <summary>The companies known to ask it.</summary>
    public required IReadOnlyList<CompanyTagContract> Companies { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The number of hints: <c>GET /questions/{id}/hints/1</c> is the first.</summary>
    public required int Hints { get; init; }

    /// <summary>True if a quiz draws its numbers from a seed.</summary>
    public required bool Drawn { get; init; }
}

/// <summary>One hint.</summary>
public sealed record QuestionHint
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of hints.</summary>
    public required int Of { get; init; }

    /// <summary>The hint, Markdown.</summary>
    public required string Text { get; init; }
}

/// <summary>The model answer of an interview question.</summary>
public sealed record InterviewAnswer
{
    /// <summary>The question.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>A full answer, Markdown.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The facts that an answer should mention.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>An interviewer's follow-up questions.</summary>
    public required IReadOnlyList<string> FollowUps { get; init; }

    /// <summary>The answers to the follow-up questions in the same order, Markdown; absent if the question has none.</summary>
    public IReadOnlyList<string>? FollowUpAnswers { get; init; }

    /// <summary>Background to the model answer, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Its sources, and further reading.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

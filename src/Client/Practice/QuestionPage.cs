namespace Backprop.Client.Practice;

/// <summary>A question without its key; of one that is drawn from a seed, what seed 0 draws.</summary>
public sealed record QuestionPage
{
    /// <summary>Its id for ever.</summary>
    public required string Id { get; init; }

    /// <summary>Which version of it this is, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Its topic.</summary>
    public required TopicContract Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about; absent where there is none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>What there is to choose from, in alphabetical order; absent where nothing is chosen.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The unit of the number; absent where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>The variables of the formula; absent where none is asked for.</summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>The companies that are known to ask it.</summary>
    public required IReadOnlyList<CompanyTagContract> Companies { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How many hints there are: <c>GET /questions/{id}/hints/1</c> is the first.</summary>
    public required int Hints { get; init; }

    /// <summary>True where a quiz draws its numbers anew from a seed.</summary>
    public required bool Drawn { get; init; }
}

/// <summary>One hint.</summary>
public sealed record QuestionHint
{
    /// <summary>Which one, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How many there are.</summary>
    public required int Of { get; init; }

    /// <summary>The hint, Markdown.</summary>
    public required string Text { get; init; }
}

/// <summary>The model answer of an interview question.</summary>
public sealed record InterviewAnswer
{
    /// <summary>The question.</summary>
    public required string Id { get; init; }

    /// <summary>Which version of it.</summary>
    public required int Version { get; init; }

    /// <summary>A full answer, Markdown.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The facts that an answer should name.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>What an interviewer asks next.</summary>
    public required IReadOnlyList<string> FollowUps { get; init; }

    /// <summary>Background to the model answer, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where it comes from, and what to read next.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

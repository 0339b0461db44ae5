namespace Backprop.Client.Practice;

/// <summary>A question with everything that belongs to it, its key included: what is written, imported and exported. Texts are Markdown.</summary>
public sealed record QuestionContract
{
    /// <summary>Its id for ever: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How it is answered; the key is the member that belongs to the kind.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>A few words that name it in lists; plain text, and no hint at the answer.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about. Default: none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>Where it is known to be asked. Default: nowhere.</summary>
    public IReadOnlyList<CompanyTagContract>? Companies { get; init; }

    /// <summary>Labels: lower-case words joined by hyphens. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Hints in stages, the faintest first. Default: none.</summary>
    public IReadOnlyList<string>? Hints { get; init; }

    /// <summary>Why the answer is what it is.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where the explanation comes from; at least one.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }

    /// <summary>True where the answer may be given away with the question: outside quizzes, through the OpenTDB adapter. Default: false.</summary>
    public bool? Open { get; init; }

    /// <summary>The key of <c>interview</c>.</summary>
    public InterviewKeyContract? Interview { get; init; }

    /// <summary>What <c>multipleChoice</c> and <c>multiSelect</c> choose from, with the key.</summary>
    public IReadOnlyList<ChoiceContract>? Choices { get; init; }

    /// <summary>The key of <c>numeric</c>.</summary>
    public NumericKeyContract? Numeric { get; init; }

    /// <summary>The key of <c>expression</c>.</summary>
    public ExpressionKeyContract? Expression { get; init; }

    /// <summary>The key of <c>trueFalse</c>.</summary>
    public TruthKeyContract? Truth { get; init; }

    /// <summary>How it is drawn from a seed. Default: it is always the same.</summary>
    public TemplateContract? Template { get; init; }
}

/// <summary>A set of questions with their topics: what an import takes and a JSON export gives.</summary>
public sealed record QuestionSetContract
{
    /// <summary>The topics; a question may also belong to one that the service knows already.</summary>
    public required IReadOnlyList<TopicContract> Topics { get; init; }

    /// <summary>The questions.</summary>
    public required IReadOnlyList<QuestionContract> Questions { get; init; }
}

/// <summary>What an import did.</summary>
public sealed record ImportReport
{
    /// <summary>How many questions are new, or came back.</summary>
    public required int Added { get; init; }

    /// <summary>How many questions have a new version.</summary>
    public required int Changed { get; init; }

    /// <summary>How many questions were there as they are.</summary>
    public required int Unchanged { get; init; }
}

/// <summary>A field of knowledge that questions belong to.</summary>
public sealed record TopicContract
{
    /// <summary>Its id: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }
}

/// <summary>A company that is known to ask a question.</summary>
public sealed record CompanyTagContract
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where that is known from.</summary>
    public required string Source { get; init; }
}

/// <summary>A work that a statement rests on.</summary>
public sealed record CitationContract
{
    /// <summary>Its authors.</summary>
    public required string Authors { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The year it came out.</summary>
    public required int Year { get; init; }

    /// <summary>Journal, conference or publisher, and the place in the work.</summary>
    public string? Where { get; init; }

    /// <summary>An address that it can be read at.</summary>
    public string? Url { get; init; }
}

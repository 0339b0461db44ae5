namespace Backprop.Client.Practice;

/// <summary>A question with its key and everything else: the form for writing, importing and exporting. Texts are Markdown.</summary>
public sealed record QuestionContract
{
    /// <summary>Its permanent id: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its kind; the key is the member that belongs to the kind.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Its difficulty.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>Its title in lists; plain text that does not reveal the answer.</summary>
    public required string Title { get; init; }

    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about. Default: none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>Companies known to ask it. Default: none.</summary>
    public IReadOnlyList<CompanyTagContract>? Companies { get; init; }

    /// <summary>Labels: lower-case words joined by hyphens. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Words to search by that are in neither title nor prompt; they are not shown. Default: none.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>
    /// A name shared with questions that would give the answer away; a quiz asks only one of them: lower-case words joined by hyphens. Default: none.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Hints in stages, the vaguest first. Default: none.</summary>
    public IReadOnlyList<string>? Hints { get; init; }

    /// <summary>The explanation of the answer.</summary>
    public required string Explanation { get; init; }

    /// <summary>The sources of the explanation; at least one.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }

    /// <summary>True if the answer may be published with the question, outside quizzes, through the OpenTDB adapter. Default: false.</summary>
    public bool? Open { get; init; }

    /// <summary>The key of <c>interview</c>.</summary>
    public InterviewKeyContract? Interview { get; init; }

    /// <summary>The choices of <c>multipleChoice</c> and <c>multiSelect</c>, with the key.</summary>
    public IReadOnlyList<ChoiceContract>? Choices { get; init; }

    /// <summary>The key of <c>numeric</c>.</summary>
    public NumericKeyContract? Numeric { get; init; }

    /// <summary>The key of <c>expression</c>.</summary>
    public ExpressionKeyContract? Expression { get; init; }

    /// <summary>The key of <c>trueFalse</c>.</summary>
    public TruthKeyContract? Truth { get; init; }

    /// <summary>The key of <c>derivation</c>.</summary>
    public DerivationKeyContract? Derivation { get; init; }

    /// <summary>The key of <c>debugging</c>.</summary>
    public DebuggingKeyContract? Debugging { get; init; }

    /// <summary>How it is drawn from a seed. Default: it is always the same.</summary>
    public TemplateContract? Template { get; init; }
}

/// <summary>A set of questions with their topics: the form of an import and a JSON export.</summary>
public sealed record QuestionSetContract
{
    /// <summary>The topics; a question may also belong to an existing one.</summary>
    public required IReadOnlyList<TopicContract> Topics { get; init; }

    /// <summary>The questions.</summary>
    public required IReadOnlyList<QuestionContract> Questions { get; init; }
}

/// <summary>The result of an import.</summary>
public sealed record ImportReport
{
    /// <summary>The number of new or restored questions.</summary>
    public required int Added { get; init; }

    /// <summary>The number of questions with a new version.</summary>
    public required int Changed { get; init; }

    /// <summary>The number of unchanged questions.</summary>
    public required int Unchanged { get; init; }
}

/// <summary>A field of knowledge that questions belong to.</summary>
public sealed record TopicContract
{
    /// <summary>Its id: lower-case words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Its display name.</summary>
    public required string Name { get; init; }
}

/// <summary>A company known to ask a question.</summary>
public sealed record CompanyTagContract
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The source of that knowledge.</summary>
    public required string Source { get; init; }
}

/// <summary>A work that supports a statement.</summary>
public sealed record CitationContract
{
    /// <summary>Its authors.</summary>
    public required string Authors { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The year of publication.</summary>
    public required int Year { get; init; }

    /// <summary>Journal, conference or publisher, and the location in the work.</summary>
    public string? Where { get; init; }

    /// <summary>A URL where it can be read.</summary>
    public string? Url { get; init; }
}

namespace Backprop.Domain.Practice.Questions;

/// <summary>
/// A question with everything that belongs to it, its key included. Texts are Markdown. One that has a
/// <see cref="Template"/> is a pattern: drawing it from a seed gives a question without one.
/// </summary>
public sealed record Question
{
    /// <summary>Its name for ever: lower-case words joined by hyphens, unique among all questions.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionFormat Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>A few words that name it in lists; plain text, and no hint at the answer.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about, shown beside the prompt as a diagram; null where there is none.</summary>
    public Figure? Figure { get; init; }

    /// <summary>Where it is known to be asked.</summary>
    public IReadOnlyList<CompanyTag> Companies { get; init; } = [];

    /// <summary>Labels: lower-case words joined by hyphens.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Hints in stages, the faintest first.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Why the answer is what it is; shown once the question is graded.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where the explanation comes from, and what to read next.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>True where the answer may be given away with the question: outside quizzes, through the OpenTDB adapter.</summary>
    public bool Open { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Interview"/>.</summary>
    public InterviewKey? Interview { get; init; }

    /// <summary>What <see cref="QuestionFormat.MultipleChoice"/> and <see cref="QuestionFormat.MultiSelect"/> choose from, with the key.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Numeric"/>.</summary>
    public NumericKey? Numeric { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Expression"/>.</summary>
    public ExpressionKey? Expression { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.TrueFalse"/>.</summary>
    public TruthKey? Truth { get; init; }

    /// <summary>How it is drawn from a seed; null for a question that is always the same.</summary>
    public Template? Template { get; init; }
}

/// <summary>A field of knowledge that questions belong to.</summary>
/// <param name="Id">Lower-case words joined by hyphens.</param>
/// <param name="Name">Its name for people.</param>
public sealed record Topic(string Id, string Name);

/// <summary>A set of questions with the topics that they belong to: what a content file, an import and an export hold.</summary>
/// <param name="Topics">The topics.</param>
/// <param name="Questions">The questions.</param>
public sealed record QuestionSet(IReadOnlyList<Topic> Topics, IReadOnlyList<Question> Questions);

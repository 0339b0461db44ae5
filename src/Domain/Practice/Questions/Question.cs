namespace Backprop.Domain.Practice.Questions;

/// <summary>
/// A question with everything that belongs to it, including its key. Texts are Markdown. One with a <see cref="Template"/> is a pattern: drawing it
/// with a random seed gives a question without one.
/// </summary>
public sealed record Question
{
    /// <summary>Its permanent name: lower-case words joined by hyphens, unique among all questions.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionFormat Kind { get; init; }

    /// <summary>How hard it is.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>A few words that name it in lists; plain text that does not hint at the answer.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>The graph that it is about, shown next to the prompt as a diagram; null if there is none.</summary>
    public Figure? Figure { get; init; }

    /// <summary>The companies that are known to ask it.</summary>
    public IReadOnlyList<CompanyTag> Companies { get; init; } = [];

    /// <summary>Labels: lower-case words joined by hyphens.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Words to search by that are in neither title nor prompt; they are not shown, and do not hint at the answer.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>A name that it shares with questions that would give its answer away; a quiz asks only one of them. Null if there are none.</summary>
    public string? Group { get; init; }

    /// <summary>Hints in stages, the faintest first.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Why the answer is what it is; shown once the question is graded.</summary>
    public required string Explanation { get; init; }

    /// <summary>The sources of the explanation, and further reading.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>True if the answer may be published with the question, outside quizzes: through the OpenTDB adapter.</summary>
    public bool Open { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Interview"/>.</summary>
    public InterviewKey? Interview { get; init; }

    /// <summary>The choices of <see cref="QuestionFormat.MultipleChoice"/> and <see cref="QuestionFormat.MultiSelect"/>, with the key.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Numeric"/>.</summary>
    public NumericKey? Numeric { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Expression"/>.</summary>
    public ExpressionKey? Expression { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.TrueFalse"/>.</summary>
    public TruthKey? Truth { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Derivation"/>.</summary>
    public DerivationKey? Derivation { get; init; }

    /// <summary>The key of <see cref="QuestionFormat.Debugging"/>.</summary>
    public DebuggingKey? Debugging { get; init; }

    /// <summary>How it is drawn from a random seed; null for a question that is always the same.</summary>
    public Template? Template { get; init; }
}

/// <summary>A field of knowledge that questions belong to.</summary>
/// <param name="Id">Lower-case words joined by hyphens.</param>
/// <param name="Name">Its display name.</param>
public sealed record Topic(string Id, string Name);

/// <summary>A set of questions with their topics: the contents of a content file, an import or an export.</summary>
/// <param name="Topics">The topics.</param>
/// <param name="Questions">The questions.</param>
public sealed record QuestionSet(IReadOnlyList<Topic> Topics, IReadOnlyList<Question> Questions);

namespace Backprop.Client.Practice;

/// <summary>Whether a quiz accepts answers.</summary>
public enum QuizState
{
    /// <summary>It accepts answers.</summary>
    Open,

    /// <summary>Every item is answered, or the quiz was finished by request.</summary>
    Finished,

    /// <summary>It expired before every item was answered.</summary>
    Expired,
}

/// <summary>The state of a quiz. Keys and explanations are shown for graded items, and for all once it is finished or expired.</summary>
public sealed record QuizPage
{
    /// <summary>Its unguessable id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it accepts answers.</summary>
    public required QuizState State { get; init; }

    /// <summary>The seed that it was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Answers submitted after this time are rejected; absent if there is no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The number of items that take no more answers.</summary>
    public required int Answered { get; init; }

    /// <summary>The numbers of the items that can be answered; empty once it is finished or expired.</summary>
    public required IReadOnlyList<int> Left { get; init; }

    /// <summary>The number of fully correct items.</summary>
    public required int Correct { get; init; }

    /// <summary>The mean score of its items, 0 to 1: unanswered ones count as 0.</summary>
    public required double Score { get; init; }

    /// <summary>The items in their order.</summary>
    public required IReadOnlyList<QuizItem> Items { get; init; }

    /// <summary>What to read next; absent until it is finished or expired.</summary>
    public ReadNext? ReadNext { get; init; }
}

/// <summary>A question of a quiz, as drawn.</summary>
public sealed record QuizItem
{
    /// <summary>Its number in the quiz, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The question that it was drawn from.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question; later versions do not change the item.</summary>
    public required int Version { get; init; }

    /// <summary>Its kind.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its difficulty; absent if the quiz hides it until the item takes no more answers.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>Its title; absent if the quiz hides it until the item takes no more answers.</summary>
    public string? Title { get; init; }

    /// <summary>The companies known to ask it; absent if there are none.</summary>
    public IReadOnlyList<CompanyTagContract>? Companies { get; init; }

    /// <summary>
    /// The id of the interview question of this quiz whose skill the item practises, which no company is known to ask; absent for the questions that
    /// the filters selected.
    /// </summary>
    public string? Practises { get; init; }

    /// <summary>The number of the item that it is another one like; absent for an item that was drawn with the quiz.</summary>
    public int? AnotherOf { get; init; }

    /// <summary>How often it can be answered from now on; 0 if it takes no more answers.</summary>
    public int TriesLeft { get; init; }

    /// <summary>The prompt, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>The choices in order: the first is <c>a</c>; absent for other kinds.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The unit of the number; an answer may use another one. Absent if there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>How close a number has to be to the right one: <c>1 %</c>, <c>0.5 days</c>; absent for other kinds.</summary>
    public string? Tolerance { get; init; }

    /// <summary>The variables of the formula; absent for other kinds.</summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>The program of a derivation or debugging exercise; absent for other kinds.</summary>
    public ExercisePrompt? Exercise { get; init; }

    /// <summary>The graph that it is about; absent if there is none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>The graph as a picture, SVG; absent if there is none.</summary>
    public string? Diagram { get; init; }

    /// <summary>Its result; absent until it is answered.</summary>
    public ItemResult? Result { get; init; }
}

/// <summary>The result of an item.</summary>
public sealed record ItemResult
{
    /// <summary>The answer; absent if the quiz expired first.</summary>
    public AnswerValue? Answer { get; init; }

    /// <summary>When it was answered; absent if the quiz expired first.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether it is fully correct.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Feedback on the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>A correct answer, which would score 1, or the model answer of an interview question; absent while tries are left.</summary>
    public AnswerValue? Expected { get; init; }

    /// <summary>The explanation, Markdown; absent while tries are left.</summary>
    public string? Explanation { get; init; }

    /// <summary>Its sources; absent while tries are left.</summary>
    public IReadOnlyList<CitationContract>? Citations { get; init; }

    /// <summary>
    /// The results of the gradients of a derivation, or of line and fix of a debugging exercise; absent for other kinds, and while tries are left.
    /// </summary>
    public IReadOnlyList<PartResult>? Parts { get; init; }

    /// <summary>The worked solution; absent if the question is about no graph, and while tries are left.</summary>
    public WorkedSolution? Solution { get; init; }

    /// <summary>The model answer and the rubric of an interview question; absent for other kinds.</summary>
    public SelfAssessment? Interview { get; init; }
}

/// <summary>What an answer in words is compared with, and the learner's marks.</summary>
public sealed record SelfAssessment
{
    /// <summary>A full answer, Markdown.</summary>
    public required string ModelAnswer { get; init; }

    /// <summary>The rubric: the facts that an answer should mention, with their weights.</summary>
    public required IReadOnlyList<RubricFactContract> Rubric { get; init; }

    /// <summary>The ids of the facts that the answer seems to mention, by its words: a suggestion for the marks. Absent without an answer.</summary>
    public IReadOnlyList<string>? Suggested { get; init; }

    /// <summary>The marks; absent until they are given.</summary>
    public InterviewMarks? Marks { get; init; }
}

/// <summary>The result of an answer.</summary>
public sealed record QuizAnswerResult
{
    /// <summary>The number of the item.</summary>
    public required int Item { get; init; }

    /// <summary>Whether it is fully correct.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1, with partial credit for some of the right choices; after another try, the best one counts by its worth.</summary>
    public required double Score { get; init; }

    /// <summary>Feedback on the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>How often the item can be answered from now on; 0 if it takes no more answers.</summary>
    public int TriesLeft { get; init; }

    /// <summary>The explanation, Markdown; absent while tries are left.</summary>
    public string? Explanation { get; init; }

    /// <summary>A correct answer, which would score 1, or the model answer of an interview question; absent while tries are left.</summary>
    public AnswerValue? Expected { get; init; }

    /// <summary>The sources of the explanation; absent while tries are left.</summary>
    public IReadOnlyList<CitationContract>? Citations { get; init; }

    /// <summary>
    /// The results of the gradients of a derivation, or of line and fix of a debugging exercise; absent for other kinds, and while tries are left.
    /// </summary>
    public IReadOnlyList<PartResult>? Parts { get; init; }

    /// <summary>The worked solution; absent if the question is about no graph, and while tries are left.</summary>
    public WorkedSolution? Solution { get; init; }

    /// <summary>The model answer and the rubric of an interview question; absent for other kinds.</summary>
    public SelfAssessment? Interview { get; init; }
}

/// <summary>What to read after a quiz.</summary>
public sealed record ReadNext
{
    /// <summary>The topics with items that were not answered fully correctly, the weakest first.</summary>
    public required IReadOnlyList<WeakTopic> Topics { get; init; }

    /// <summary>The sources of those items, each once.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>A topic to improve.</summary>
public sealed record WeakTopic
{
    /// <summary>The id of the topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The mean score of its items, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The numbers of its items that were not answered fully correctly.</summary>
    public required IReadOnlyList<int> Items { get; init; }
}

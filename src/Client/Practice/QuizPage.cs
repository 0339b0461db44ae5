namespace Backprop.Client.Practice;

/// <summary>Whether a quiz takes answers.</summary>
public enum QuizState
{
    /// <summary>It takes answers.</summary>
    Open,

    /// <summary>Every item is answered.</summary>
    Finished,

    /// <summary>The time was over before every item was answered.</summary>
    Expired,
}

/// <summary>A quiz as it stands. Keys and explanations are shown of items that are graded, and of all once it is finished or expired.</summary>
public sealed record QuizPage
{
    /// <summary>Its id, which nobody can guess.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it takes answers.</summary>
    public required QuizState State { get; init; }

    /// <summary>The seed that it was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on no answer counts; absent where there is no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many items are answered.</summary>
    public required int Answered { get; init; }

    /// <summary>The numbers of the items that are left to answer; none once it is finished or expired.</summary>
    public required IReadOnlyList<int> Left { get; init; }

    /// <summary>How many items are answered fully right.</summary>
    public required int Correct { get; init; }

    /// <summary>The sum of the scores of its items by their number, 0 to 1: what is not answered counts as 0.</summary>
    public required double Score { get; init; }

    /// <summary>The items in their order.</summary>
    public required IReadOnlyList<QuizItem> Items { get; init; }

    /// <summary>What to read next; absent until it is finished or expired.</summary>
    public ReadNext? ReadNext { get; init; }
}

/// <summary>A question of a quiz, as it was drawn.</summary>
public sealed record QuizItem
{
    /// <summary>Its number in the quiz, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The question that it was drawn from.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question; later versions do not change the item.</summary>
    public required int Version { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>The id of its topic.</summary>
    public required string Topic { get; init; }

    /// <summary>How hard it is.</summary>
    public required Difficulty Difficulty { get; init; }

    /// <summary>A few words that name it.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, Markdown.</summary>
    public required string Prompt { get; init; }

    /// <summary>What there is to choose from, in this order: the first is <c>a</c>; absent where nothing is chosen.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The unit of the number; an answer may also name another one. Absent where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>The variables of the formula; absent where none is asked for.</summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>The graph that it is about; absent where there is none.</summary>
    public FigureContract? Figure { get; init; }

    /// <summary>The graph as a picture, SVG; absent where there is none.</summary>
    public string? Diagram { get; init; }

    /// <summary>How it was answered; absent until then.</summary>
    public ItemResult? Result { get; init; }
}

/// <summary>What came of an item.</summary>
public sealed record ItemResult
{
    /// <summary>What was answered; absent where the time was over first.</summary>
    public AnswerValue? Answer { get; init; }

    /// <summary>When it was answered; absent where the time was over first.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether nothing is missing.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>What there is to say about the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>A right answer: graded, it scores 1.</summary>
    public required AnswerValue Expected { get; init; }

    /// <summary>Why, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where that comes from.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>What came of an answer.</summary>
public sealed record QuizAnswerResult
{
    /// <summary>The number of the item.</summary>
    public required int Item { get; init; }

    /// <summary>Whether nothing is missing.</summary>
    public required bool Correct { get; init; }

    /// <summary>0 to 1: a part of the right choices scores a part.</summary>
    public required double Score { get; init; }

    /// <summary>What there is to say about the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>Why, Markdown.</summary>
    public required string Explanation { get; init; }

    /// <summary>A right answer: graded, it scores 1.</summary>
    public required AnswerValue Expected { get; init; }

    /// <summary>Where the explanation comes from.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>What to read after a quiz.</summary>
public sealed record ReadNext
{
    /// <summary>The topics with items that were not answered fully right, the weakest first.</summary>
    public required IReadOnlyList<WeakTopic> Topics { get; init; }

    /// <summary>The sources of those items, each once.</summary>
    public required IReadOnlyList<CitationContract> Citations { get; init; }
}

/// <summary>A topic that something is missing in.</summary>
public sealed record WeakTopic
{
    /// <summary>The id of the topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The mean score of its items, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The numbers of its items that were not answered fully right.</summary>
    public required IReadOnlyList<int> Items { get; init; }
}

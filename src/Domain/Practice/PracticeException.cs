namespace Backprop.Domain.Practice;

/// <summary>Why a request to practise is refused.</summary>
public enum PracticeError
{
    /// <summary>There is no such quiz, interview, question or daily question, or the learner may not see it.</summary>
    NotFound,

    /// <summary>The filter names a topic that does not exist (<see cref="PracticeException.Index"/>).</summary>
    UnknownTopic,

    /// <summary>The filter names a company that no question names (<see cref="PracticeException.Index"/>).</summary>
    UnknownCompany,

    /// <summary>The filter names a label that no question has (<see cref="PracticeException.Index"/>).</summary>
    UnknownTag,

    /// <summary>The filter names a question that does not exist (<see cref="PracticeException.Index"/>).</summary>
    UnknownQuestion,

    /// <summary>No question matches the filter.</summary>
    NoMatch,

    /// <summary>Fewer questions match the filter than the quiz was to have.</summary>
    TooFewMatches,

    /// <summary>The quiz has no item of this number.</summary>
    UnknownItem,

    /// <summary>The item is answered: the first answer counts.</summary>
    ItemAnswered,

    /// <summary>The answer came after the end of the quiz.</summary>
    QuizExpired,

    /// <summary>The item is not answered yet, or can be answered again.</summary>
    ItemNotAnswered,

    /// <summary>The item is graded by the service, so the learner does not mark it.</summary>
    NotSelfMarked,

    /// <summary>There is no other question like the one of the item.</summary>
    NoSibling,

    /// <summary>The quiz has as many items as it may have.</summary>
    QuizFull,

    /// <summary>There is no study set of this id.</summary>
    UnknownStudySet,

    /// <summary>The idempotency key belongs to another answer.</summary>
    KeyReused,

    /// <summary>The answer cannot be graded; it does not count.</summary>
    UngradableAnswer,

    /// <summary>There is no interview question of this id.</summary>
    UnknownInterviewQuestion,

    /// <summary>There is no hint to reveal.</summary>
    NoHint,

    /// <summary>The rubric is not revealed yet.</summary>
    RubricHidden,

    /// <summary>The model answer is revealed, after which no other answer of the learner is accepted.</summary>
    AnswerRevealed,

    /// <summary>A marked fact is not in the rubric, or is named twice (<see cref="PracticeException.Index"/>).</summary>
    InvalidFact,

    /// <summary>Another review of the question came first.</summary>
    ReviewOutOfTurn,

    /// <summary>The question of that day cannot be answered today.</summary>
    OtherDay,
}

/// <summary>A request to practise is refused; nothing was changed.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class PracticeException(PracticeError error, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public PracticeError Error { get; } = error;

    /// <summary>The index of the entry at fault, from 0, if a list was given; otherwise null.</summary>
    public int? Index { get; init; }

    /// <summary>There is no such thing.</summary>
    /// <param name="message">What does not exist.</param>
    internal static PracticeException NotFound(string message) => new(PracticeError.NotFound, message);
}

/// <summary>The account that data were to be stored for was deleted; nothing was stored.</summary>
public sealed class AccountDeletedException() : Exception("The account was deleted.");

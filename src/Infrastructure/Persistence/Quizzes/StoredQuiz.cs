using Backprop.Domain.Practice.Questions;
using Backprop.Domain.Practice.Quizzes;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>A quiz.</summary>
public sealed class StoredQuiz
{
    /// <summary>The index in the order of creation.</summary>
    public long Sequence { get; init; }

    /// <summary>Its unguessable id.</summary>
    public required string Id { get; init; }

    /// <summary>The learner, who alone may see it; null if anyone with the id may.</summary>
    public string? LearnerId { get; init; }

    /// <summary>
    /// The owner that its quota counts for: the learner's id, or a name of <see cref="Quotas.ClientNames"/>; empty for anonymous ones of earlier
    /// versions.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The bytes that its questions take.</summary>
    public required long Bytes { get; init; }

    /// <summary>The seed that it was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Answers submitted after this time are rejected; null if there is no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the last item was answered, or the quiz was finished by request; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What items do not show until they take no more answers.</summary>
    public HiddenDetails Hidden { get; init; }

    /// <summary>The number of items.</summary>
    public required int Count { get; init; }

    /// <summary>The number of items that take no more answers.</summary>
    public int Answered { get; set; }

    /// <summary>Its items, if they were loaded or are to be stored.</summary>
    public List<StoredQuizItem> Items { get; init; } = [];
}

/// <summary>An item of a quiz with its last answer.</summary>
public sealed class StoredQuizItem
{
    /// <summary>The <see cref="StoredQuiz.Sequence"/> of the quiz.</summary>
    public long Quiz { get; init; }

    /// <summary>Its number in the quiz, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The id of the question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question.</summary>
    public required int Version { get; init; }

    /// <summary>The id of the topic of the question.</summary>
    public required string Topic { get; init; }

    /// <summary>The difficulty of the question.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>The question as drawn, with its key, as JSON.</summary>
    public required byte[] Variant { get; init; }

    /// <summary>The id of the interview question of the quiz whose skill it practises; null for an item that was asked for.</summary>
    public string? Practises { get; init; }

    /// <summary>The number of the item that it is another one like; null for an item that was drawn with the quiz.</summary>
    public int? AnotherOf { get; init; }

    /// <summary>How often it may be answered.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>How often it was answered.</summary>
    public int Tried { get; set; }

    /// <summary>The answers before the last one, if they were loaded.</summary>
    public List<StoredQuizTry> Earlier { get; init; } = [];

    /// <summary>When it was last answered; null until then, like all members below.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The answer as JSON: a text, a list of texts, or texts by name.</summary>
    public string? Answer { get; set; }

    /// <summary>0 … 1.</summary>
    public double? Score { get; set; }

    /// <summary>The feedback on the answer.</summary>
    public string? Feedback { get; set; }

    /// <summary>The idempotency key of the answer; null if the client gave none.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The ids of the mentioned facts of a rubric, separated by spaces; null until they are marked.</summary>
    public string? Named { get; set; }
}

/// <summary>An answer to an item that another one followed.</summary>
public sealed class StoredQuizTry
{
    /// <summary>The <see cref="StoredQuiz.Sequence"/> of the quiz.</summary>
    public long Quiz { get; init; }

    /// <summary>The number of the item.</summary>
    public int Number { get; init; }

    /// <summary>The number of the try, from 1.</summary>
    public int Try { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset AnsweredAt { get; init; }

    /// <summary>The answer as JSON: a text or a list of texts.</summary>
    public required string Answer { get; init; }

    /// <summary>0 … 1.</summary>
    public double Score { get; init; }

    /// <summary>The feedback on the answer.</summary>
    public required string Feedback { get; init; }

    /// <summary>The idempotency key of the answer; null if the client gave none.</summary>
    public string? IdempotencyKey { get; init; }
}

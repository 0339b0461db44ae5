using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Quizzes;

/// <summary>A quiz.</summary>
public sealed class StoredQuiz
{
    /// <summary>The place in the order of creation.</summary>
    public long Sequence { get; init; }

    /// <summary>Its id, which nobody can guess.</summary>
    public required string Id { get; init; }

    /// <summary>The learner who alone may see it; null where whoever knows the id may.</summary>
    public string? LearnerId { get; init; }

    /// <summary>
    /// Whose quota it counts for: the learner's id, or a name of <see cref="Quotas.ClientNames"/>; empty for what earlier versions
    /// stored for nobody.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The bytes that its questions take.</summary>
    public required long Bytes { get; init; }

    /// <summary>What it was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on no answer counts; null where there is no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the last item was answered; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How many items it has.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them are answered.</summary>
    public int Answered { get; set; }

    /// <summary>Its items, where they were asked for or are to be stored.</summary>
    public List<StoredQuizItem> Items { get; init; } = [];
}

/// <summary>An item of a quiz, and the answer to it: the row is written twice, so an item is answered once.</summary>
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

    /// <summary>How hard the question is.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>The question as it was drawn, its key included, as JSON.</summary>
    public required byte[] Variant { get; init; }

    /// <summary>When it was answered; null until then, as all that follows.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The answer as JSON: a text or a list of texts.</summary>
    public string? Answer { get; set; }

    /// <summary>0 … 1.</summary>
    public double? Score { get; set; }

    /// <summary>What was said about the answer.</summary>
    public string? Feedback { get; set; }

    /// <summary>The key by which the client would know the same answer again; null where it gave none.</summary>
    public string? IdempotencyKey { get; set; }
}

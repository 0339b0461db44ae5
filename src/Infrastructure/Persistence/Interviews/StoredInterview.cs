using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>An interview question in practice.</summary>
public sealed class StoredInterview
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

    /// <summary>The bytes that the question and the answer take.</summary>
    public required long Bytes { get; set; }

    /// <summary>The seed that the question was drawn from; null if it was named.</summary>
    public long? Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question.</summary>
    public required int Version { get; init; }

    /// <summary>The id of the topic of the question.</summary>
    public required string Topic { get; init; }

    /// <summary>The difficulty of the question.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>The question as JSON.</summary>
    public required byte[] Document { get; init; }

    /// <summary>The number of revealed hints.</summary>
    public int HintsTaken { get; set; }

    /// <summary>The learner's answer in their own words; null if there is none.</summary>
    public string? Answer { get; set; }

    /// <summary>When the model answer was revealed; null until then.</summary>
    public DateTimeOffset? RevealedAt { get; set; }

    /// <summary>The ids of the mentioned facts, separated by spaces; null until they are marked.</summary>
    public string? Named { get; set; }

    /// <summary>The score of the marks, 0 … 1; null until they are given.</summary>
    public double? Score { get; set; }

    /// <summary>When they were last marked; null until then.</summary>
    public DateTimeOffset? MarkedAt { get; set; }
}

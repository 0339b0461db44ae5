using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Persistence.Interviews;

/// <summary>An interview question that is practised.</summary>
public sealed class StoredInterview
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

    /// <summary>What the question was drawn from; null where it was named.</summary>
    public long? Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The version of the question.</summary>
    public required int Version { get; init; }

    /// <summary>The id of the topic of the question.</summary>
    public required string Topic { get; init; }

    /// <summary>How hard the question is.</summary>
    public required DifficultyLevel Difficulty { get; init; }

    /// <summary>The question as JSON.</summary>
    public required byte[] Document { get; init; }

    /// <summary>How many hints are revealed.</summary>
    public int HintsTaken { get; set; }

    /// <summary>When the model answer was revealed; null until then.</summary>
    public DateTimeOffset? RevealedAt { get; set; }

    /// <summary>The ids of the facts that were named, separated by spaces; null until they are marked.</summary>
    public string? Named { get; set; }

    /// <summary>What they are worth, 0 … 1; null until they are marked.</summary>
    public double? Score { get; set; }

    /// <summary>When they were marked last; null until then.</summary>
    public DateTimeOffset? MarkedAt { get; set; }
}

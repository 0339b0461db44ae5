using System.Text.Json.Serialization;

namespace Backprop.Client.Derivatives;

/// <summary>
/// Which forward values are kept for the backward pass; the others are recomputed: <c>"none"</c> (all are kept), <c>"sqrt"</c>, <c>{"every":8}</c>,
/// <c>{"save":["h1","h2"]}</c>, <c>{"schedule":"revolve","slots":4}</c> or <c>{"memoryBudget":1073741824}</c>.
/// </summary>
[JsonConverter(typeof(CheckpointingConverter))]
public sealed record CheckpointingContract
{
    /// <summary><c>none</c> or <c>sqrt</c>: the ends of segments of √n of the n nodes are kept. Null if another member is set.</summary>
    public string? Strategy { get; init; }

    /// <summary>The number of nodes of a segment, whose end is kept.</summary>
    public long? Every { get; init; }

    /// <summary>The names of the values that are kept.</summary>
    public IReadOnlyList<string>? Save { get; init; }

    /// <summary><c>revolve</c>: the binomial schedule, with the fewest recomputations for its slots.</summary>
    public string? Schedule { get; init; }

    /// <summary>The states that the schedule may store at a time, in addition to the inputs.</summary>
    public long? Slots { get; init; }

    /// <summary>The maximum bytes of working memory and results; the cheapest strategy that fits is chosen.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>A strategy by name.</summary>
    public static implicit operator CheckpointingContract(string strategy) => new() { Strategy = strategy };
}

/// <summary>What checkpointing saved and cost.</summary>
public sealed record CheckpointingReport
{
    /// <summary>The strategy, in the form of a request; with a budget, the chosen one.</summary>
    public required CheckpointingContract Strategy { get; init; }

    /// <summary>The values of the forward pass that are kept for the backward pass.</summary>
    public required long SavedValues { get; init; }

    /// <summary>The bytes of working memory and results, known before the run.</summary>
    public required long PlannedPeakBytes { get; init; }

    /// <summary>The measured peak bytes of the run.</summary>
    public required long MeasuredPeakBytes { get; init; }

    /// <summary>The planned bytes if all values are kept.</summary>
    public required long PlannedPeakBytesWithout { get; init; }

    /// <summary>The bytes of the results (value and gradients), which are part of every peak; the rest are activations.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>The recomputed floating-point operations.</summary>
    public required double RecomputedFlops { get; init; }

    /// <summary>All floating-point operations, including the recomputed ones.</summary>
    public required double Flops { get; init; }

    /// <summary>Milliseconds of the run.</summary>
    public required double RunMs { get; init; }
}

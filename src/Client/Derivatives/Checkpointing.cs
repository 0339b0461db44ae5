using System.Text.Json.Serialization;
using Backprop.Client.Json;

namespace Backprop.Client.Derivatives;

/// <summary>
/// Which values of the forward pass are kept for the backward pass; the others are computed again: <c>"none"</c> (all are kept), <c>"sqrt"</c>,
/// <c>{"every":8}</c>, <c>{"save":["h1","h2"]}</c>, <c>{"schedule":"revolve","slots":4}</c> or <c>{"memoryBudget":1073741824}</c>.
/// </summary>
[JsonConverter(typeof(CheckpointingConverter))]
public sealed record CheckpointingContract
{
    /// <summary>
    /// <c>none</c> or <c>sqrt</c>: the ends of segments of √n of the n nodes are kept. Null where another member says what is kept.
    /// </summary>
    public string? Strategy { get; init; }

    /// <summary>The nodes of a segment, of which the end is kept.</summary>
    public long? Every { get; init; }

    /// <summary>The names of the values that are kept.</summary>
    public IReadOnlyList<string>? Save { get; init; }

    /// <summary><c>revolve</c>: the binomial schedule, with the fewest repetitions for its slots.</summary>
    public string? Schedule { get; init; }

    /// <summary>The states that the schedule may store at a time beside the inputs.</summary>
    public long? Slots { get; init; }

    /// <summary>The most bytes of working memory and results; the cheapest strategy that fits is taken.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>A strategy by name.</summary>
    public static implicit operator CheckpointingContract(string strategy) => new() { Strategy = strategy };
}

/// <summary>What checkpointing saved and cost.</summary>
public sealed record CheckpointingReport
{
    /// <summary>The strategy, in the form of a request; where a budget was given, the one that was chosen.</summary>
    public required CheckpointingContract Strategy { get; init; }

    /// <summary>The values of the forward pass that are kept for the backward pass.</summary>
    public required long SavedValues { get; init; }

    /// <summary>The bytes of working memory and results, known before the run.</summary>
    public required long PlannedPeakBytes { get; init; }

    /// <summary>The bytes that the run really held at its highest point.</summary>
    public required long MeasuredPeakBytes { get; init; }

    /// <summary>The planned bytes where all values are kept.</summary>
    public required long PlannedPeakBytesWithout { get; init; }

    /// <summary>The bytes of the results (value and gradients), which are part of every peak; what is left are activations.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>The floating-point operations that were done again.</summary>
    public required double RecomputedFlops { get; init; }

    /// <summary>All floating-point operations, the repeated ones included.</summary>
    public required double Flops { get; init; }

    /// <summary>Milliseconds of the run.</summary>
    public required double RunMs { get; init; }
}

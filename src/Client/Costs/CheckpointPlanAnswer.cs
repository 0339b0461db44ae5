using Backprop.Client.Derivatives;

namespace Backprop.Client.Costs;

/// <summary>The response of <c>POST /checkpoint-plans</c>. With <c>Accept: image/svg+xml</c> it is a plot of the Pareto front.</summary>
public sealed record CheckpointPlanAnswer
{
    /// <summary>The number of layers; for a graph, the submitted nodes that the output depends on.</summary>
    public required long Layers { get; init; }

    /// <summary>The id of the canonical graph; absent for a chain given by numbers.</summary>
    public string? GraphId { get; init; }

    /// <summary>The plans.</summary>
    public required CheckpointPlanSet Plans { get; init; }

    /// <summary>The Pareto front: the plans that no other plan beats in both memory and time, in order of decreasing memory.</summary>
    public required IReadOnlyList<FrontPoint> Front { get; init; }

    /// <summary>What the layers of a graph keep, in order, at most the first 1,000; absent for a chain given by numbers.</summary>
    public IReadOnlyList<LayerActivations>? Activations { get; init; }

    /// <summary>How the figures are computed.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>Assumptions.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}

/// <summary>The plans by strategy; a strategy that does not fit into memory is absent.</summary>
public sealed record CheckpointPlanSet
{
    /// <summary>Everything is kept.</summary>
    public required CheckpointPlan None { get; init; }

    /// <summary>⌈√n⌉ segments of equal length; for a graph, segments of ⌈√n⌉ nodes.</summary>
    public required CheckpointPlan Sqrt { get; init; }

    /// <summary>The number of segments of equal length with the lowest peak.</summary>
    public required CheckpointPlan BestSegments { get; init; }

    /// <summary>As many segments as there are checkpoints, or the fewest with a peak within the budget.</summary>
    public CheckpointPlan? Segments { get; init; }

    /// <summary>
    /// The binomial schedule with as many states as there are checkpoints, or with the most that fit the budget. It has the fewest recomputations for
    /// equal layers.
    /// </summary>
    public CheckpointPlan? Revolve { get; init; }

    /// <summary>
    /// Dynamic programming over unequal layers: the least time with as many states, or within the budget. For a graph, the plan with the fewest
    /// recomputed operations of all that fit, including plans that keep chosen values.
    /// </summary>
    public CheckpointPlan? Optimal { get; init; }
}

/// <summary>A way to run a chain or a graph in less memory, with its cost.</summary>
public sealed record CheckpointPlan
{
    /// <summary>
    /// The states stored at a time, including the one before the first layer; 0 if none is. For a graph, the number of kept forward values.
    /// </summary>
    public required long Checkpoints { get; init; }

    /// <summary>The layers, from 0, before which a state is stored in the first forward sweep, at most the first 1,000.</summary>
    public IReadOnlyList<int>? Boundaries { get; init; }

    /// <summary>The peak number of states and layers' activations in memory.</summary>
    public long? LiveActivations { get; init; }

    /// <summary>
    /// The bytes at the peak: of states and activations for a chain, if <c>bytes</c> are given; of working memory and results for a graph.
    /// </summary>
    public double? PeakBytes { get; init; }

    /// <summary>Recomputed layers: forward steps beyond one forward pass. For revolve, t(l, s) of Griewank and Walther.</summary>
    public long? RecomputedLayers { get; init; }

    /// <summary>Layers run forward in total, including those of the first forward pass.</summary>
    public long? ForwardSteps { get; init; }

    /// <summary>Milliseconds of the recomputed layers, if <c>milliseconds</c> are given.</summary>
    public double? ExtraMs { get; init; }

    /// <summary>
    /// The ratio of the recomputed work to the forward and backward work without checkpointing: in time for a chain, in floating-point operations for
    /// a graph.
    /// </summary>
    public required double Overhead { get; init; }

    /// <summary>Recomputed floating-point operations of a graph.</summary>
    public double? RecomputedFlops { get; init; }

    /// <summary>All floating-point operations of a graph, including the recomputed ones.</summary>
    public double? Flops { get; init; }

    /// <summary>The steps of a schedule, at most the first 1,000.</summary>
    public IReadOnlyList<ScheduleStep>? Actions { get; init; }

    /// <summary>The number of omitted steps.</summary>
    public long? ActionsLeftOut { get; init; }

    /// <summary>Whether it is within the budget, if one is given.</summary>
    public bool? Fits { get; init; }

    /// <summary>The value of <c>checkpointing</c> with which <c>POST /gradients</c> runs this plan; absent for a chain.</summary>
    public CheckpointingContract? Checkpointing { get; init; }
}

/// <summary>One step of a schedule.</summary>
public sealed record ScheduleStep
{
    /// <summary>The action.</summary>
    public required ScheduleAction Action { get; init; }

    /// <summary>The first layer of the step, from 0; for a state, the layer after it.</summary>
    public required int From { get; init; }

    /// <summary>The layer after the last one; absent for a state.</summary>
    public int? To { get; init; }
}

/// <summary>The action of a step of a schedule.</summary>
public enum ScheduleAction
{
    /// <summary>Stores the state before a layer; it is dropped when that layer is reversed.</summary>
    Store,

    /// <summary>Runs layers forward without keeping their activations.</summary>
    Advance,

    /// <summary>Runs layers forward and keeps their activations.</summary>
    Keep,

    /// <summary>Runs layers backward, the last one first, and drops their activations.</summary>
    Reverse,

    /// <summary>Restores a stored state.</summary>
    Restore,
}

/// <summary>A plan that no other plan beats in both memory and time.</summary>
public sealed record FrontPoint
{
    /// <summary>The strategy: the name of one of the plans.</summary>
    public required string Strategy { get; init; }

    /// <summary>Its checkpoints, as in the plans.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>Its peak: bytes, or activations if a chain has no <c>bytes</c>.</summary>
    public required double Peak { get; init; }

    /// <summary>Its overhead, as in the plans.</summary>
    public required double Overhead { get; init; }

    /// <summary>Its milliseconds of recomputed layers, if <c>milliseconds</c> are given.</summary>
    public double? ExtraMs { get; init; }

    /// <summary>The value of <c>checkpointing</c> with which <c>POST /gradients</c> runs it; absent for a chain.</summary>
    public CheckpointingContract? Checkpointing { get; init; }
}

/// <summary>What a layer of a graph keeps for the backward pass.</summary>
public sealed record LayerActivations
{
    /// <summary>The submitted node.</summary>
    public required string Node { get; init; }

    /// <summary>Bytes of its values that the backward pass reads.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of all values that are live before it in the forward pass, except inputs and constants.</summary>
    public required long BoundaryBytes { get; init; }

    /// <summary>Its floating-point operations forward.</summary>
    public required double Flops { get; init; }
}

using Backprop.Client.Derivatives;

namespace Backprop.Client.Costs;

/// <summary>What <c>POST /checkpoint-plans</c> answers. With <c>Accept: image/svg+xml</c> it answers the front as a picture.</summary>
public sealed record CheckpointPlanAnswer
{
    /// <summary>The number of layers; of a graph, the submitted nodes that the output needs.</summary>
    public required long Layers { get; init; }

    /// <summary>The id of the canonical graph; absent for a chain given by numbers.</summary>
    public string? GraphId { get; init; }

    /// <summary>The plans.</summary>
    public required CheckpointPlanSet Plans { get; init; }

    /// <summary>All plans found of which none needs both less memory and less time than another, from the most memory on.</summary>
    public required IReadOnlyList<FrontPoint> Front { get; init; }

    /// <summary>What the layers of a graph keep, in order, at most the first 1,000 of them; absent for a chain given by numbers.</summary>
    public IReadOnlyList<LayerActivations>? Activations { get; init; }

    /// <summary>How the figures come about.</summary>
    public required IReadOnlyList<FigureOrigin> Formulas { get; init; }

    /// <summary>What was taken for granted.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}

/// <summary>The plans by strategy; a strategy that does not fit into the memory is absent.</summary>
public sealed record CheckpointPlanSet
{
    /// <summary>Everything is kept.</summary>
    public required CheckpointPlan None { get; init; }

    /// <summary>⌈√n⌉ segments of equal length: the ends of segments of ⌈√n⌉ nodes for a graph.</summary>
    public required CheckpointPlan Sqrt { get; init; }

    /// <summary>As many segments of equal length as have the least peak.</summary>
    public required CheckpointPlan BestSegments { get; init; }

    /// <summary>As many segments as there are checkpoints, or the fewest whose peak is within the budget.</summary>
    public CheckpointPlan? Segments { get; init; }

    /// <summary>
    /// The binomial schedule with as many states as there are checkpoints, or with the most that are within the budget. Fewest repetitions for equal
    /// layers.
    /// </summary>
    public CheckpointPlan? Revolve { get; init; }

    /// <summary>
    /// Dynamic programming over unequal layers: the least time with as many states, or within the budget. For a graph the least repeated operations
    /// of all plans that fit, those among them that keep chosen values.
    /// </summary>
    public CheckpointPlan? Optimal { get; init; }
}

/// <summary>A way to run a chain or a graph in less memory, and what it costs.</summary>
public sealed record CheckpointPlan
{
    /// <summary>
    /// The states that are stored at a time, that before the first layer included, 0 where none is; of a graph, the values of the forward pass that
    /// are kept.
    /// </summary>
    public required long Checkpoints { get; init; }

    /// <summary>The layers, from 0, before which a state is stored on the first way forward, at most the first 1,000 of them.</summary>
    public IReadOnlyList<int>? Boundaries { get; init; }

    /// <summary>The most states and layers' activations that are in memory at a time, counted.</summary>
    public long? LiveActivations { get; init; }

    /// <summary>
    /// The bytes at the peak: of states and activations for a chain, where <c>bytes</c> are given; of working memory and results for a graph.
    /// </summary>
    public double? PeakBytes { get; init; }

    /// <summary>Layers run again: forward steps beyond one forward pass. For revolve the t(l, s) of Griewank and Walther.</summary>
    public long? RecomputedLayers { get; init; }

    /// <summary>Layers run forward in all, those of the one forward pass included.</summary>
    public long? ForwardSteps { get; init; }

    /// <summary>Milliseconds of the layers run again, where <c>milliseconds</c> are given.</summary>
    public double? ExtraMs { get; init; }

    /// <summary>
    /// What is done again, by all that is done where everything is kept, forward and backward: in time for a chain, in floating-point operations for
    /// a graph.
    /// </summary>
    public required double Overhead { get; init; }

    /// <summary>Floating-point operations that a graph does again.</summary>
    public double? RecomputedFlops { get; init; }

    /// <summary>All floating-point operations of a graph, the repeated ones included.</summary>
    public double? Flops { get; init; }

    /// <summary>The steps of a schedule, at most the first 1,000 of them.</summary>
    public IReadOnlyList<ScheduleStep>? Actions { get; init; }

    /// <summary>How many steps were left out.</summary>
    public long? ActionsLeftOut { get; init; }

    /// <summary>Whether it is within the budget, where one is given.</summary>
    public bool? Fits { get; init; }

    /// <summary>What <c>POST /gradients</c> takes as <c>checkpointing</c> to run this plan; absent for a chain.</summary>
    public CheckpointingContract? Checkpointing { get; init; }
}

/// <summary>One step of a schedule.</summary>
public sealed record ScheduleStep
{
    /// <summary>What is done.</summary>
    public required ScheduleAction Action { get; init; }

    /// <summary>The first layer that it concerns, from 0; for a state, the layer before which it stands.</summary>
    public required int From { get; init; }

    /// <summary>The layer after the last one; absent for a state.</summary>
    public int? To { get; init; }
}

/// <summary>What a step of a schedule does.</summary>
public enum ScheduleAction
{
    /// <summary>Keeps the state before a layer; it is dropped when that layer is reversed.</summary>
    Store,

    /// <summary>Runs layers forward without keeping their activations.</summary>
    Advance,

    /// <summary>Runs layers forward and keeps their activations.</summary>
    Keep,

    /// <summary>Runs layers backward, the last one first, and drops their activations.</summary>
    Reverse,

    /// <summary>Takes up a state that is in memory.</summary>
    Restore,
}

/// <summary>A plan of which no other needs both less memory and less time.</summary>
public sealed record FrontPoint
{
    /// <summary>The strategy: the name of one of the plans.</summary>
    public required string Strategy { get; init; }

    /// <summary>Its checkpoints, as in the plans.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>Its peak: bytes, or activations where a chain has no <c>bytes</c>.</summary>
    public required double Peak { get; init; }

    /// <summary>Its overhead, as in the plans.</summary>
    public required double Overhead { get; init; }

    /// <summary>Its milliseconds of layers run again, where <c>milliseconds</c> are given.</summary>
    public double? ExtraMs { get; init; }

    /// <summary>What <c>POST /gradients</c> takes as <c>checkpointing</c> to run it; absent for a chain.</summary>
    public CheckpointingContract? Checkpointing { get; init; }
}

/// <summary>What a layer of a graph keeps for the backward pass.</summary>
public sealed record LayerActivations
{
    /// <summary>The submitted node.</summary>
    public required string Node { get; init; }

    /// <summary>Bytes of its values that the backward pass reads.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of all values that are live before it on the way forward, inputs and constants left out.</summary>
    public required long BoundaryBytes { get; init; }

    /// <summary>Its floating-point operations forward.</summary>
    public required double Flops { get; init; }
}

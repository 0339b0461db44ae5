namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>What checkpointing can do for a chain of layers.</summary>
/// <param name="Layers">The chain.</param>
/// <param name="None">Everything kept.</param>
/// <param name="Sqrt">⌈√n⌉ equal segments.</param>
/// <param name="BestSegments">The number of equal segments with the least peak.</param>
/// <param name="Segments">The requested number of equal segments, or the fewest that fit into the budget; null if none fit.</param>
/// <param name="Revolve">The binomial schedule with the requested states, or with the most that fit; null if none fit.</param>
/// <param name="Optimal">The least time with the requested states, or within the budget.</param>
/// <param name="Front">The Pareto-optimal plans in memory and time, starting with the most memory.</param>
/// <param name="IsExact">False if bytes were rounded up to find <paramref name="Optimal"/> and the front.</param>
public sealed record CheckpointPlans(
    LayerCosts Layers,
    CheckpointSchedule None,
    CheckpointSchedule Sqrt,
    CheckpointSchedule BestSegments,
    CheckpointSchedule? Segments,
    CheckpointSchedule? Revolve,
    CheckpointSchedule Optimal,
    IReadOnlyList<CheckpointSchedule> Front,
    bool IsExact);

namespace Backprop.Domain.Costs.Checkpoints;

/// <summary>What checkpointing can do for a chain of layers.</summary>
/// <param name="Layers">The chain.</param>
/// <param name="None">Everything kept.</param>
/// <param name="Sqrt">⌈√n⌉ equal segments.</param>
/// <param name="BestSegments">As many equal segments as have the least peak.</param>
/// <param name="Segments">The asked number of equal segments, or the fewest that fit into the budget; null where none fit.</param>
/// <param name="Revolve">The binomial schedule with the asked states, or with the most that fit; null where none fit.</param>
/// <param name="Optimal">The least time with the asked states, or within the budget.</param>
/// <param name="Front">Plans of which none needs both less memory and less time than another, from the most memory on.</param>
/// <param name="IsExact">False where bytes were rounded up to find <paramref name="Optimal"/> and the front.</param>
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

using Backprop.Client.Derivatives;
using Backprop.Compute.Engine;
using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Api.Features.Derivatives;

/// <summary>Maps checkpointing to and from the contract.</summary>
internal static class CheckpointingMapper
{
    /// <summary>The strategy of a request.</summary>
    public static CheckpointStrategy? Strategy(CheckpointingContract? contract) => contract switch
    {
        null => null,
        { Every: { } layers } => new CheckpointStrategy.Every(layers),
        { Save: { } names } => new CheckpointStrategy.Save(names),
        { Slots: { } slots } => new CheckpointStrategy.Revolve(slots),
        { MemoryBudget: { } bytes } => new CheckpointStrategy.MemoryBudget(bytes),
        { Strategy: "sqrt" } => new CheckpointStrategy.Sqrt(),
        _ => new CheckpointStrategy.None(),
    };

    /// <summary>What the answer reports about a run.</summary>
    public static CheckpointingReport? Report(Execution execution) => execution.Query.Checkpointing is not { } facts ? null : new CheckpointingReport
    {
        Strategy = Contract(facts.Strategy),
        SavedValues = facts.SavedValues,
        PlannedPeakBytes = facts.PlannedPeakBytes,
        MeasuredPeakBytes = execution.MeasuredPeakBytes ?? 0,
        PlannedPeakBytesWithout = facts.PlannedPeakBytesWithout,
        ResultBytes = facts.ResultBytes,
        RecomputedFlops = facts.RecomputedFlops,
        Flops = facts.Flops,
        RunMs = execution.Timing.RunMs,
    };

    /// <summary>A strategy in the form that requests use.</summary>
    public static CheckpointingContract Contract(CheckpointStrategy strategy) => strategy switch
    {
        CheckpointStrategy.Every every => new CheckpointingContract { Every = every.Layers },
        CheckpointStrategy.Save save => new CheckpointingContract { Save = save.Names },
        CheckpointStrategy.Revolve revolve => new CheckpointingContract { Schedule = "revolve", Slots = revolve.Slots },
        _ => strategy.Key,
    };
}

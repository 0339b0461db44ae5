using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine.Checkpoints;

/// <summary>What checkpointing costs and saves.</summary>
/// <param name="Strategy">The strategy; if a budget was given, the one that was chosen.</param>
/// <param name="SavedValues">The values of the forward pass that are kept for the backward pass.</param>
/// <param name="PlannedPeakBytes">The bytes of working memory and results.</param>
/// <param name="PlannedPeakBytesWithout">The same if everything is kept.</param>
/// <param name="ResultBytes">The bytes of the results, which are the same under every strategy.</param>
/// <param name="RecomputedFlops">The floating-point operations that are repeated.</param>
/// <param name="Flops">All floating-point operations.</param>
public sealed record CheckpointFacts(
    CheckpointStrategy Strategy, int SavedValues, long PlannedPeakBytes, long PlannedPeakBytesWithout, long ResultBytes, double RecomputedFlops,
        double Flops);

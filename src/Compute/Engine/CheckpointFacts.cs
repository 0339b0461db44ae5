using Backprop.Domain.Transformations.Checkpointing;

namespace Backprop.Compute.Engine;

/// <summary>What checkpointing costs and saves.</summary>
/// <param name="Strategy">The strategy; the one that was chosen where a budget was given.</param>
/// <param name="SavedValues">The values of the forward pass that are kept for the backward pass.</param>
/// <param name="PlannedPeakBytes">The bytes of working memory and results.</param>
/// <param name="PlannedPeakBytesWithout">The same where everything is kept.</param>
/// <param name="ResultBytes">The bytes of the results, which no strategy changes.</param>
/// <param name="RecomputedFlops">The floating-point operations that are done again.</param>
/// <param name="Flops">All floating-point operations.</param>
public sealed record CheckpointFacts(
    CheckpointStrategy Strategy, int SavedValues, long PlannedPeakBytes, long PlannedPeakBytesWithout, long ResultBytes, double RecomputedFlops,
        double Flops);

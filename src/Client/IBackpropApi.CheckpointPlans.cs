using Backprop.Client.Costs;
using Refit;

namespace Backprop.Client;

/// Checkpointing plans.
public partial interface IBackpropApi
{
    /// <summary>Compares checkpointing plans for a chain of layers or a graph.</summary>
    [Post("/checkpoint-plans")]
    Task<CheckpointPlanAnswer> PlanCheckpointsAsync([Body] CheckpointPlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>The same as a plot of memory against time, as SVG.</summary>
    [Post("/checkpoint-plans")]
    [Headers("Accept: image/svg+xml")]
    Task<string> DrawCheckpointPlansAsync([Body] CheckpointPlanRequest request, CancellationToken cancellationToken = default);
}

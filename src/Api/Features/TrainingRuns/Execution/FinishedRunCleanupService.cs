using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Domain.Training.Runs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>Deletes runs that ended longer ago than <c>Training:RetentionDays</c>.</summary>
/// <param name="leases">Deletes them.</param>
/// <param name="options">How long they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="warmUp">Comes first.</param>
/// <param name="logger">Logs how many were deleted.</param>
internal sealed class FinishedRunCleanupService(
    IRunLeases leases, IOptionsMonitor<TrainingOptions> options, TimeProvider time, WarmUp warmUp, ILogger<FinishedRunCleanupService> logger)
    : HourlyCleanup(time, warmUp, logger)
{
    /// <inheritdoc/>
    protected override string Subject => "training runs that had ended";

    /// <inheritdoc/>
    protected override double Days => options.CurrentValue.RetentionDays;

    /// <inheritdoc/>
    protected override Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        leases.DeleteFinishedAsync(before, cancellationToken);
}

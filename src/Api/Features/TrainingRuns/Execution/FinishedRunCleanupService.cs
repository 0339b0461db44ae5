using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Domain.Training.Runs;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.TrainingRuns.Execution;

/// <summary>Deletes runs that ended longer ago than <c>Training:RetentionDays</c>: at startup and every hour.</summary>
/// <param name="leases">Deletes them.</param>
/// <param name="options">How long they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="warmUp">Comes first.</param>
/// <param name="logger">Logs how many were deleted.</param>
internal sealed class FinishedRunCleanupService(
    IRunLeases leases, IOptionsMonitor<TrainingOptions> options, TimeProvider time, WarmUp warmUp, ILogger<FinishedRunCleanupService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            await warmUp.Done.WaitAsync(stoppingToken);
            do
            {
                await CleanAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service is stopping.
        }
    }

    // Whatever prevents it now, such as a long import, will be over in an hour.
    private async Task CleanAsync(CancellationToken stopping)
    {
        try
        {
            int gone = await leases.DeleteFinishedAsync(time.GetUtcNow().AddDays(-options.CurrentValue.RetentionDays), stopping);
            if (gone > 0)
            {
                logger.LogInformation("Deleted {Gone} training runs that had ended", gone);
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "Deleting training runs that have ended failed");
        }
    }
}

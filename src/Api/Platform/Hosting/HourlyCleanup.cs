using System.Data.Common;

namespace Backprop.Api.Platform.Hosting;

/// <summary>Deletes what is older than it may be: at startup, after the warm-up, and every hour.</summary>
/// <param name="time">The clock.</param>
/// <param name="warmUp">Comes first.</param>
/// <param name="logger">Logs how many were deleted.</param>
internal abstract class HourlyCleanup(TimeProvider time, WarmUp warmUp, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>What is deleted, for the log.</summary>
    protected abstract string Subject { get; }

    /// <summary>How many days it is kept.</summary>
    protected abstract double Days { get; }

    /// <summary>Deletes it.</summary>
    /// <param name="before">What is older than this.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    protected abstract Task<int> DeleteAsync(DateTimeOffset before, CancellationToken cancellationToken);

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
            int gone = await DeleteAsync(time.GetUtcNow().AddDays(-Days), stopping);
            if (gone > 0)
            {
                logger.LogInformation("Deleted {Gone} {Subject}", gone, Subject);
            }
        }
        catch (DbException exception)
        {
            logger.LogWarning(exception, "Deleting {Subject} failed", Subject);
        }
    }
}

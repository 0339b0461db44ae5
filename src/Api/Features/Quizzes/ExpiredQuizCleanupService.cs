using Backprop.Api.Platform.Hosting;
using Backprop.Api.Platform.Limits;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Quizzes;

/// <summary>Deletes anonymous quizzes and interviews once they are older than <c>Limits:AnonymousQuizDays</c>: at startup and every hour.</summary>
/// <param name="cleaning">Deletes them.</param>
/// <param name="limits">The maximum age.</param>
/// <param name="time">The clock.</param>
/// <param name="warmUp">Comes first.</param>
/// <param name="logger">Logs how many were deleted.</param>
internal sealed class ExpiredQuizCleanupService(ExpiredQuizDeleter cleaning, IOptionsMonitor<BackpropLimits> limits, TimeProvider time,
    WarmUp warmUp, ILogger<ExpiredQuizCleanupService> logger) : BackgroundService
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
            int gone = await cleaning.DeleteAsync(time.GetUtcNow().AddDays(-limits.CurrentValue.AnonymousQuizDays), stopping);
            if (gone > 0)
            {
                logger.LogInformation("Deleted {Gone} expired anonymous quizzes and interviews", gone);
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "Deleting expired quizzes and interviews failed");
        }
    }
}

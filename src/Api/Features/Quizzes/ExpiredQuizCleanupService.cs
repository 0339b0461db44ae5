using Backprop.Api.Platform.Limits;
using Backprop.Infrastructure.Persistence.Quizzes;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Quizzes;

/// <summary>
/// Deletes quizzes and interviews of nobody once they are older than <c>Limits:AnonymousQuizDays</c>: at start, and every hour from then on.
/// </summary>
/// <param name="cleaning">Deletes.</param>
/// <param name="limits">The age.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of what went.</param>
public sealed class ExpiredQuizCleanupService(ExpiredQuizDeleter cleaning, IOptionsMonitor<BackpropLimits> limits, TimeProvider time,
    ILogger<ExpiredQuizCleanupService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                await CleanAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // Whatever keeps it from cleaning now, such as a long import, is gone at another hour.
    private async Task CleanAsync(CancellationToken stopping)
    {
        try
        {
            int gone = await cleaning.DeleteAsync(time.GetUtcNow().AddDays(-limits.CurrentValue.AnonymousQuizDays), stopping);
            if (gone > 0)
                logger.LogInformation("{Gone} old quizzes and interviews of nobody deleted", gone);
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "Old quizzes and interviews were not deleted");
        }
    }
}

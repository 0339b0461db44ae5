using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Derivatives;

/// <summary>Writes every few minutes which registered graphs were used, and once more when the service stops.</summary>
/// <param name="registry">The registry.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of what went wrong.</param>
public sealed class GraphUseWriting(GraphRegistry registry, TimeProvider time, ILogger<GraphUseWriting> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // Losing uses makes a graph look idle for longer than it was, no more.
    private async Task WriteAsync(CancellationToken cancellation)
    {
        try
        {
            await registry.WriteUsesAsync(cancellation);
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "The uses of registered graphs were not written");
        }
    }
}

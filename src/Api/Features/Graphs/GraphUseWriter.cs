using Backprop.Infrastructure.Persistence;

namespace Backprop.Api.Features.Graphs;

/// <summary>Writes every few minutes when registered graphs were last used, and once more when the service stops.</summary>
/// <param name="registry">The registry.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs failures.</param>
internal sealed class GraphUseWriter(GraphRegistry registry, TimeProvider time, ILogger<GraphUseWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    // Losing uses only makes a graph look idle for longer than it was.
    private async Task WriteAsync()
    {
        try
        {
            await registry.WriteUsesAsync(CancellationToken.None);
        }
        catch (System.Data.Common.DbException exception)
        {
            logger.LogWarning(exception, "The last uses of registered graphs could not be written");
        }
    }
}

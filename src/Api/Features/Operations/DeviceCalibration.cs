using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>Measures the devices in the background after startup; until then <c>auto</c> means the host.</summary>
/// <param name="selection">Chooses devices.</param>
/// <param name="logger">Logs failures.</param>
internal sealed class DeviceCalibration(DeviceSelection selection, ILogger<DeviceCalibration> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() =>
    {
        try
        {
            selection.Calibrate(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service is stopping.
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Calibrating the devices failed; auto means the host");
        }
    }, stoppingToken);
}

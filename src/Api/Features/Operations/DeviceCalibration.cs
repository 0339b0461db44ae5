using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>Measures the devices behind the start; until that is done <c>auto</c> stands for the host.</summary>
/// <param name="selection">What chooses devices.</param>
/// <param name="logger">Hears where it fails.</param>
public sealed class DeviceCalibration(DeviceSelection selection, ILogger<DeviceCalibration> logger) : BackgroundService
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
            // The service stops.
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Devices could not be measured; auto stands for the host");
        }
    }, stoppingToken);
}

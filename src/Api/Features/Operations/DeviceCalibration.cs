using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>Measures the devices in the background, once their rates are needed.</summary>
/// <param name="selection">Chooses devices.</param>
/// <param name="logger">Logs failures.</param>
internal sealed class DeviceCalibration(DeviceSelection selection, ILogger<DeviceCalibration> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await selection.CalibrationRequest.WaitAsync(stoppingToken);
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
    }
}

using Backprop.Client.Derivatives;
using Backprop.Client.Operations;
using Backprop.Compute.Calibration;
using Backprop.Compute.Devices;

namespace Backprop.Api.Features.Operations;

/// <summary>The list of devices as clients see it.</summary>
internal static class DeviceReport
{
    /// <summary>All devices, the host first.</summary>
    public static DeviceList Of(DeviceRegistry registry, DeviceSelection selection) => new()
    {
        Items =
        [
            new DeviceContract
            {
                Kind = DeviceChoice.Host,
                Name = "host",
                Processors = Environment.ProcessorCount,
                Automatic = true,
                Calibration = Figures(selection.HostRates),
            },
            .. registry.Devices.Select(device => new DeviceContract
            {
                Kind = DeviceMapper.Choice(device.Kind),
                Name = device.Name,
                MemoryBytes = device.MemoryBytes,
                Processors = device.Processors,
                Automatic = device.IsUsable && device.Rates is not null,
                Usable = device.IsUsable,
                Calibration = Figures(device.Rates),
            }),
        ],
    };

    private static DeviceFigures? Figures(MachineRates? rates) => rates is null ? null : new DeviceFigures
    {
        StepMs = rates.LaunchSeconds * 1e3,
        RunMs = rates.TransferSeconds * 1e3,
        BytesPerSecond = rates.BytesPerSecond,
        ElementsPerSecond = rates.ElementsPerSecond,
        FlopsPerSecond = rates.FlopsPerSecond,
    };
}

using Backprop.Api.Platform.Compute;
using Backprop.Compute.Devices;
using Backprop.Compute.Host;
using Microsoft.Extensions.Options;

namespace Backprop.Api.Features.Operations;

/// <summary>The devices in addition to the host.</summary>
internal static class DevicesSetup
{
    /// <summary>Registers the devices, their calibration after startup, and their part of the health report.</summary>
    /// <param name="builder">The application being built.</param>
    public static WebApplicationBuilder AddBackpropDevices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => new DeviceRegistry(Options(provider), Log(provider)));
        builder.Services.AddSingleton(provider =>
            new DeviceSelection(provider.GetRequiredService<DeviceRegistry>(), provider.GetRequiredService<HostExecutor>()));
        builder.Services.AddHostedService<DeviceCalibration>();
        builder.Services.AddHealthChecks().AddCheck<DeviceCheck>("devices", tags: [HealthSetup.Ready]);
        return builder;
    }

    private static DeviceOptions Options(IServiceProvider provider)
    {
        ComputeOptions options = provider.GetRequiredService<IOptions<ComputeOptions>>().Value;
        return new DeviceOptions
        {
            Kinds = [.. DeviceMapper.Kinds(options.Devices)!],
            MemoryBytes = options.DeviceMemoryBytes,
            AnyAddressSpace = options.AnyAddressSpace,
        };
    }

    private static Action<string, Exception> Log(IServiceProvider provider)
    {
        ILogger<DeviceRegistry> logger = provider.GetRequiredService<ILogger<DeviceRegistry>>();
        return (what, exception) => logger.LogWarning(exception, "Devices: {What}", what);
    }
}

using Backprop.Compute.Devices;

namespace Backprop.Compute.Tests.Devices;

/// <summary>The devices of this machine that tests run on, opened once.</summary>
public static class TestDevices
{
    private static readonly Lazy<DeviceRegistry> Registry = new(Opened);

    /// <summary>All of them.</summary>
    public static DeviceRegistry All => Registry.Value;

    /// <summary>Every kind that there is: ILGPU's on the processor in any case.</summary>
    public static IEnumerable<DeviceKind> Kinds => Registry.Value.Devices.Where(device => device.IsUsable).Select(device => device.Kind).Distinct();

    /// <summary>The executor of a kind.</summary>
    public static DeviceExecutor Executor(DeviceKind kind) => Registry.Value.Find(kind)!.Executor;

    // The libraries of devices are unloaded at the end of the process; what is still open then fails.
    private static DeviceRegistry Opened()
    {
        var registry = new DeviceRegistry(new DeviceOptions
        {
            Kinds = [DeviceKind.Cuda, DeviceKind.OpenCl, DeviceKind.IlgpuCpu],
            AnyAddressSpace = true,
            MemoryBytes = 1L << 30,
            Wait = Timeout.InfiniteTimeSpan,
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => registry.Dispose();
        return registry;
    }
}

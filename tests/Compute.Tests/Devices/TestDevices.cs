using Backprop.Compute.Devices;

namespace Backprop.Compute.Tests.Devices;

/// <summary>This machine's devices for tests, opened once.</summary>
public static class TestDevices
{
    private static readonly Lazy<DeviceRegistry> Registry = new(Opened);

    /// <summary>All of them.</summary>
    public static DeviceRegistry All => Registry.Value;

    /// <summary>Every available kind; ILGPU's on the processor always is.</summary>
    public static IEnumerable<DeviceKind> Kinds => Registry.Value.Devices.Where(device => device.IsUsable).Select(device => device.Kind).Distinct();

    /// <summary>The executor of a kind.</summary>
    public static DeviceExecutor Executor(DeviceKind kind) => Registry.Value.Find(kind)!.Executor;

    // The libraries of devices are unloaded at the end of the process, after which anything still open fails.
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

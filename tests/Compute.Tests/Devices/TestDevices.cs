using Backprop.Compute.Devices;

namespace Backprop.Compute.Tests.Devices;

/// <summary>The devices of this machine that tests run on, opened once.</summary>
public static class TestDevices
{
    private static readonly Lazy<DeviceRegistry> Registry = new(() => new DeviceRegistry(new DeviceOptions { AnyAddressSpace = true, MemoryBytes = 1L << 30 }));

    /// <summary>All of them.</summary>
    public static DeviceRegistry All => Registry.Value;

    /// <summary>Every kind that there is: ILGPU's on the processor in any case.</summary>
    public static IEnumerable<DeviceKind> Kinds => Registry.Value.Devices.Where(device => device.IsUsable).Select(device => device.Kind).Distinct();

    /// <summary>The executor of a kind.</summary>
    public static DeviceExecutor Executor(DeviceKind kind) => Registry.Value.Find(kind)!.Executor;
}

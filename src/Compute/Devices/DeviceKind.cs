namespace Backprop.Compute.Devices;

/// <summary>What plans run on.</summary>
public enum DeviceKind
{
    /// <summary>The processor, with code written for it.</summary>
    Host,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>An OpenCL device.</summary>
    OpenCl,

    /// <summary>ILGPU's emulation of a GPU on the processor: for checking kernels.</summary>
    IlgpuCpu,
}

/// <summary>Which devices are used, and how much of them.</summary>
public sealed record DeviceOptions
{
    /// <summary>The kinds of devices to look for.</summary>
    public IReadOnlyCollection<DeviceKind> Kinds { get; init; } = [DeviceKind.Cuda, DeviceKind.OpenCl];

    /// <summary>The most bytes of a device's memory to use; 0 means nine tenths of it.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The longest that a run waits for earlier ones.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether to use OpenCL devices that do not announce a generic address space. ILGPU requires it, but optimized kernels work without it; PoCL is
    /// such a device.
    /// </summary>
    public bool AnyAddressSpace { get; init; }
}

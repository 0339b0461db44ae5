namespace Backprop.Compute.Devices;

/// <summary>What plans run on.</summary>
public enum DeviceKind
{
    /// <summary>The processor, by code written for it.</summary>
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
    /// <summary>The kinds that are looked for.</summary>
    public IReadOnlyCollection<DeviceKind> Kinds { get; init; } = [DeviceKind.Cuda, DeviceKind.OpenCl];

    /// <summary>The most bytes of a device's memory that are taken; 0 stands for nine tenths of it.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The longest that a run waits for those before it.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether OpenCL devices are used that announce no generic address space. ILGPU asks for it, though the kernels do without
    /// it as they are optimised; PoCL is such a device.
    /// </summary>
    public bool AnyAddressSpace { get; init; }
}

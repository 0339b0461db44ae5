namespace Backprop.Api.Platform.Compute;

/// <summary>Options of the engine, from configuration section <c>Compute</c>.</summary>
internal sealed class ComputeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Compute";

    /// <summary>Approximate bytes that cached plans may hold.</summary>
    public long CacheBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of working memory kept between requests.</summary>
    public long PoolBytes { get; set; } = 512L << 20;

    /// <summary>The kinds of devices used in addition to the host.</summary>
    public string Devices { get; set; } = "cuda,opencl";

    /// <summary>Maximum bytes of device memory to use; 0 means nine tenths of it.</summary>
    public long DeviceMemoryBytes { get; set; }

    /// <summary>Whether to use OpenCL devices that do not announce a generic address space (PoCL).</summary>
    public bool AnyAddressSpace { get; set; }
}

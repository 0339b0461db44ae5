namespace Backprop.Compute.Devices.Memory;

/// <summary>A device does not have as much memory as was requested.</summary>
/// <param name="requested">The bytes that were requested.</param>
/// <param name="limit">The bytes that may be in use.</param>
/// <param name="taken">The bytes that are in use.</param>
public sealed class DeviceMemoryException(long requested, long limit, long taken)
    : Exception($"{requested} bytes of device memory were requested, {taken} of {limit} are in use")
{
    /// <summary>The bytes that were requested.</summary>
    public long Requested { get; } = requested;

    /// <summary>The bytes that may be in use.</summary>
    public long Limit { get; } = limit;

    /// <summary>Whether the request could not succeed even on an idle device.</summary>
    public bool Never => Requested > Limit;
}

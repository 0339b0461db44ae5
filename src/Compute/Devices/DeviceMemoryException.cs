namespace Backprop.Compute.Devices;

/// <summary>A device has not as much memory as was asked.</summary>
/// <param name="requested">The bytes that were asked.</param>
/// <param name="limit">The bytes that may be taken.</param>
/// <param name="taken">The bytes that are taken.</param>
public sealed class DeviceMemoryException(long requested, long limit, long taken)
    : Exception($"{requested} bytes of device memory were asked, {taken} of {limit} are taken")
{
    /// <summary>The bytes that were asked.</summary>
    public long Requested { get; } = requested;

    /// <summary>The bytes that may be taken.</summary>
    public long Limit { get; } = limit;

    /// <summary>Whether it could never be had, however empty the device.</summary>
    public bool Never => Requested > Limit;
}

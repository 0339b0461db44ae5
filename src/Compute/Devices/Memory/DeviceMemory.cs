using ILGPU;

namespace Backprop.Compute.Devices.Memory;

/// <summary>
/// A stretch of a device's memory, viewed as each of the element types: all values of a plan are in it, and an offset is the number of elements
/// before it. Emitted kernels take it as a whole, so that they may have any number of operands.
/// </summary>
/// <param name="bytes">The memory; its length is a multiple of eight.</param>
internal readonly struct DeviceMemory(ArrayView<byte> bytes)
{
    /// <summary>As float64.</summary>
    public readonly ArrayView<double> Float64 = bytes.Cast<double>();

    /// <summary>As float32.</summary>
    public readonly ArrayView<float> Float32 = bytes.Cast<float>();

    /// <summary>As int64.</summary>
    public readonly ArrayView<long> Int64 = bytes.Cast<long>();

    /// <summary>As bool: bytes 0 and 1.</summary>
    public readonly ArrayView<byte> Bool = bytes;
}

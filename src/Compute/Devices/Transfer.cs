using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>Copies values between the host and a device. Arrays are held in place until the copy, which the driver makes on a thread of its own, has ended.</summary>
internal static unsafe class Transfer
{
    /// <summary>To the device.</summary>
    public static void Up(Tensor value, ArrayView<byte> memory, long offset)
    {
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            fixed (byte* from = bytes)
            {
                memory.SubView(offset, bytes.Length).CopyFromCPU(ref *from, bytes.Length);
            }
        }
    }

    /// <summary>From the device.</summary>
    public static Tensor Down(Place place, ArrayView<byte> memory)
    {
        Tensor value = Host.BufferPool.Allocate(new TensorType(place.DType, place.Shape));
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            fixed (byte* to = bytes)
            {
                memory.SubView(place.Offset, bytes.Length).CopyToCPU(ref *to, bytes.Length);
            }
        }

        return value;
    }
}

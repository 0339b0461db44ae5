using System.Runtime.InteropServices;
using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices;

/// <summary>Copies values between the host and a device.</summary>
internal static class Transfer
{
    /// <summary>To the device.</summary>
    public static void Up(Tensor value, ArrayView<byte> memory, long offset)
    {
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            memory.SubView(offset, bytes.Length).CopyFromCPU(ref MemoryMarshal.GetReference(bytes), bytes.Length);
        }
    }

    /// <summary>From the device.</summary>
    public static Tensor Down(Place place, ArrayView<byte> memory)
    {
        Tensor value = Host.BufferPool.Allocate(new TensorType(place.DType, place.Shape));
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            memory.SubView(place.Offset, bytes.Length).CopyToCPU(ref MemoryMarshal.GetReference(bytes), bytes.Length);
        }

        return value;
    }
}

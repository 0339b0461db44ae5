using Backprop.Domain.Graphs;
using ILGPU;
using ILGPU.Runtime;

namespace Backprop.Compute.Devices.Memory;

/// <summary>
/// Copies values between the host and a device. Arrays are pinned until the copy, which the driver makes on a thread of its own, has ended.
/// </summary>
internal static unsafe class Transfer
{
    // Some hundredths of a second.
    private const long Part = 1 << 26;

    /// <summary>To the device.</summary>
    public static void Up(Tensor value, ArrayView<byte> memory, long offset, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            fixed (byte* from = bytes)
            {
                for (long start = 0; start < bytes.Length; start += Part)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    long length = Math.Min(Part, bytes.Length - start);
                    memory.SubView(offset + start, length).CopyFromCPU(ref *(from + start), length);
                }
            }
        }
    }

    /// <summary>From the device.</summary>
    public static Tensor Down(ValueLayout index, ArrayView<byte> memory, CancellationToken cancellationToken)
    {
        Tensor value = Host.BufferPool.Allocate(new TensorType(index.DType, index.Shape));
        ReadOnlySpan<byte> bytes = value.Bytes();
        if (bytes.Length > 0)
        {
            fixed (byte* to = bytes)
            {
                for (long start = 0; start < bytes.Length; start += Part)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    long length = Math.Min(Part, bytes.Length - start);
                    memory.SubView(index.Offset + start, length).CopyToCPU(ref *(to + start), length);
                }
            }
        }

        return value;
    }
}

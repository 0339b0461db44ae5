using Backprop.Compute.Devices.Memory;
using ILGPU;

namespace Backprop.Compute.Devices.Emission;

/// <summary>What emitted kernels call to read and write; the device compiler inlines it.</summary>
internal static class MemoryAccess
{
    public static int ElementIndex(Index1D thread, Items items) => items.First + thread;

    public static double Float64(DeviceMemory memory, long index) => memory.Float64[index];

    public static float Float32(DeviceMemory memory, long index) => memory.Float32[index];

    public static long Int64(DeviceMemory memory, long index) => memory.Int64[index];

    public static bool Bool(DeviceMemory memory, long index) => memory.Bool[index] != 0;

    public static void Store(DeviceMemory memory, long index, double value) => memory.Float64[index] = value;

    public static void Store(DeviceMemory memory, long index, float value) => memory.Float32[index] = value;

    public static void Store(DeviceMemory memory, long index, long value) => memory.Int64[index] = value;

    public static void Store(DeviceMemory memory, long index, bool value) => memory.Bool[index] = value ? (byte)1 : (byte)0;

    /// <summary>The fault flag: the first element of the working memory.</summary>
    public static ArrayView<long> Fault(DeviceMemory work) => work.Int64;

    /// <summary>The index of a broadcast operand's element for an index of the result.</summary>
    /// <param name="constants">The memory that holds the table.</param>
    /// <param name="nest">The loops in the table: their number, their extents, then for every operand its strides.</param>
    /// <param name="operand">Which operand.</param>
    /// <param name="index">The index in the result.</param>
    public static long Strided(DeviceMemory constants, int nest, int operand, int index)
    {
        int depth = (int)constants.Int64[nest];
        int strides = nest + 1 + ((operand + 1) * depth);
        long at = 0;
        for (int loop = depth - 1; loop >= 0; loop--)
        {
            int extent = (int)constants.Int64[nest + 1 + loop];
            int above = index / extent;
            at += (index - (above * extent)) * constants.Int64[strides + loop];
            index = above;
        }

        return at;
    }
}

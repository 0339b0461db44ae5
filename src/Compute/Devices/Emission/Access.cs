using ILGPU;

namespace Backprop.Compute.Devices.Emission;

/// <summary>What emitted kernels call to read and write; the device compiler inlines it.</summary>
internal static class Access
{
    public static int Place(Index1D thread, Items items) => items.First + thread;

    public static double Float64(DeviceMemory memory, long place) => memory.Float64[place];

    public static float Float32(DeviceMemory memory, long place) => memory.Float32[place];

    public static long Int64(DeviceMemory memory, long place) => memory.Int64[place];

    public static bool Bool(DeviceMemory memory, long place) => memory.Bool[place] != 0;

    public static void Store(DeviceMemory memory, long place, double value) => memory.Float64[place] = value;

    public static void Store(DeviceMemory memory, long place, float value) => memory.Float32[place] = value;

    public static void Store(DeviceMemory memory, long place, long value) => memory.Int64[place] = value;

    public static void Store(DeviceMemory memory, long place, bool value) => memory.Bool[place] = value ? (byte)1 : (byte)0;

    /// <summary>The fault flag: the first element of the working memory.</summary>
    public static ArrayView<long> Fault(DeviceMemory work) => work.Int64;

    /// <summary>The index of a broadcast operand's element for an index of the result.</summary>
    /// <param name="constants">The memory that holds the table.</param>
    /// <param name="nest">The loops in the table: their number, their extents, then for every operand its strides.</param>
    /// <param name="operand">Which operand.</param>
    /// <param name="place">The index in the result.</param>
    public static long Strided(DeviceMemory constants, int nest, int operand, int place)
    {
        int depth = (int)constants.Int64[nest];
        int strides = nest + 1 + ((operand + 1) * depth);
        long at = 0;
        for (int loop = depth - 1; loop >= 0; loop--)
        {
            int extent = (int)constants.Int64[nest + 1 + loop];
            int above = place / extent;
            at += (place - (above * extent)) * constants.Int64[strides + loop];
            place = above;
        }

        return at;
    }
}

using System.Runtime.CompilerServices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels;

/// <summary>Indices as they are given in a tensor: negative ones count from the end.</summary>
internal static class Positions
{
    /// <summary>The place that the index at <paramref name="at"/> of the tensor of indices means on an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Resolve(View indices, ReadOnlySpan<long> values, int at, int extent)
    {
        long index = values[at];
        if ((ulong)index < (ulong)extent)
        {
            return (int)index;
        }

        return FromEnd(indices, index, at, extent);
    }

    private static int FromEnd(View indices, long index, int at, int extent)
    {
        long place = index + extent;
        return place >= 0 && place < extent ? (int)place : throw OutOfRange(index, extent, indices.Shape, at);
    }

    private static KernelException OutOfRange(long index, int extent, Shape shape, int at)
    {
        string bounds = extent == 0 ? "the axis is empty" : $"it must lie in [{-(long)extent}, {extent - 1}]";
        return new KernelException($"index {index} at position [{string.Join(',', shape.IndexOf(at))}] of the indices is out of range: {bounds}");
    }
}

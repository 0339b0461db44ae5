using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Backprop.Domain.Graphs;

namespace Backprop.Compute.Host.Kernels.Indexing;

/// <summary>Indices given in a tensor; negative ones count from the end.</summary>
internal static class Positions
{
    /// <summary>The position on an axis that the index at <paramref name="at"/> of the tensor of indices denotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Resolve(View indices, ReadOnlySpan<long> values, int at, int extent) => Resolve(indices, values[at], at, extent);

    /// <summary>The position on an axis that this index, the one at <paramref name="at"/> of the tensor of indices, denotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Resolve(in View indices, long index, int at, int extent)
    {
        // All ones if negative: no branch, and no call that returns, so that the surrounding loops keep their numbers in registers.
        long offset = index + ((index >> 63) & extent);
        if ((ulong)offset >= (ulong)extent)
        {
            Refuse(indices, index, at, extent);
        }

        return (int)offset;
    }

    /// <summary>
    /// True if indices and data of these shapes consist of corresponding, independent lines along the axis: it is the last axis, or followed only by
    /// axes of extent 1, and the axes before it are equal.
    /// </summary>
    public static bool AreLines(Shape indices, Shape data, int axis) =>
        indices.Dims[..axis].SequenceEqual(data.Dims[..axis]) && indices.CountOf(axis + 1, indices.Rank) == 1
            && data.CountOf(axis + 1, data.Rank) == 1;

    /// <summary>Rejects labels that are not classes, if the indices of a gather are labels.</summary>
    /// <exception cref="KernelException">One is negative or too large.</exception>
    public static void RequireClasses(Node gather, in View indices, int first, int count, int classes)
    {
        if (!gather.Attributes.ContainsKey(Domain.Operators.Primitives.Indexing.AreLabels))
        {
            return;
        }

        ReadOnlySpan<long> labels = indices.Values<long>();
        for (int at = first; at < first + count; at++)
        {
            if ((ulong)labels[at] >= (ulong)classes)
            {
                throw NoClass(labels[at], classes, indices.Shape.IndexOf(at), gather.Integer("axis"));
            }
        }
    }

    // The indices have one axis more than the labels, that of the classes.
    private static KernelException NoClass(long label, int classes, int[] index, int axis) =>
        new($"label {label} at position [{string.Join(',', index.Where((_, number) => number != axis))}] is not a class: it must be in [0, " +
            $"{classes - 1}], or be ignore_index");

    [DoesNotReturn]
    private static void Refuse(in View indices, long index, int at, int extent) => throw OutOfRange(index, extent, indices.Shape, at);

    private static KernelException OutOfRange(long index, int extent, Shape shape, int at)
    {
        string bounds = extent == 0 ? "the axis is empty" : $"it must be in [{-(long)extent}, {extent - 1}]";
        return new KernelException($"index {index} at position [{string.Join(',', shape.IndexOf(at))}] of the indices is out of range: {bounds}");
    }
}

using Backprop.Compute.Compilation;
using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>The elements of data that tensors of indices denote.</summary>
internal static class GatherOffsets
{
    /// <summary>One element along an axis for each index.</summary>
    public static ValueLayout OfElements(StepPreparation step, Shape data)
    {
        ValueLayout indices = step.Operands[1];
        int axis = step.Node.Integer("axis");
        long[] strides = data.Strides();
        (long along, strides[axis]) = (strides[axis], 0);
        var nest = new LoopNest(indices.Shape.Dims, strides);
        IEnumerable<int> loops = Enumerable.Range(0, nest.Depth);
        ValueLayout offsets = step.Scratch(DType.Int64, indices.Count);
        step.Map<long, long, long>(Along, new LaunchSize(indices.Count, 4 * nest.Depth), indices, StepPreparation.Fault, offsets,
            [step.Node.Attributes.ContainsKey(Indexing.AreLabels) ? -data[axis] : data[axis], along, nest.Depth,
                .. loops.Select(loop => (long)nest.Extent(loop)), .. loops.Select(loop => nest.Stride(0, loop))]);
        return offsets;
    }

    /// <summary>The first element of a slice for each tuple along the last axis of the indices.</summary>
    public static ValueLayout OfTuples(StepPreparation step, Shape data, int batchDims, out int slice)
    {
        ValueLayout indices = step.Operands[1];
        int last = indices.Shape.Rank - 1, width = indices.Shape[last];
        slice = (int)data.CountOf(batchDims + width, data.Rank);
        long[] strides = data.Strides();
        IEnumerable<int> axes = Enumerable.Range(batchDims, width);
        ValueLayout offsets = step.Scratch(DType.Int64, indices.Shape.CountOf(0, last));
        step.Map<long, long, long>(Tuples, new LaunchSize(offsets.Count, 1 + (4 * width)), indices, StepPreparation.Fault, offsets,
            [indices.Shape.CountOf(batchDims, last), data.CountOf(batchDims, data.Rank), width, .. axes.Select(axis => (long)data[axis]),
                .. axes.Select(axis => strides[axis])]);
        return offsets;
    }

    private static void Along(Index1D thread, Items items, ArrayView<long> indices, ArrayView<long> fault, ArrayView<long> to,
        ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int depth = (int)numbers[2], rest = index;

        // The number of classes is negative if the indices are labels.
        long offset = numbers[0] < 0 ? Faults.Class(indices[index], -numbers[0], fault) : Faults.Position(indices[index], numbers[0], fault);
        offset *= numbers[1];
        for (int loop = depth - 1; loop >= 0; loop--)
        {
            int extent = (int)numbers[3 + loop], above = rest / extent;
            offset += (rest - (above * extent)) * numbers[3 + depth + loop];
            rest = above;
        }

        to[index] = offset;
    }

    private static void Tuples(Index1D thread, Items items, ArrayView<long> indices, ArrayView<long> fault, ArrayView<long> to,
        ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int width = (int)numbers[2];
        long offset = index / (int)numbers[0] * numbers[1];
        for (int i = 0; i < width; i++)
        {
            offset += Faults.Position(indices[((long)index * width) + i], numbers[3 + i], fault) * numbers[3 + width + i];
        }

        to[index] = offset;
    }
}

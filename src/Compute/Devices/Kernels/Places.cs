using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Host;
using Backprop.Domain.Graphs;
using Backprop.Domain.Operators.Primitives;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>The elements of data that tensors of indices denote.</summary>
internal static class Places
{
    /// <summary>One element along an axis for each index.</summary>
    public static Place OfElements(StepPreparation step, Shape data)
    {
        Place indices = step.Operands[1];
        int axis = step.Node.Integer("axis");
        long[] strides = data.Strides();
        (long along, strides[axis]) = (strides[axis], 0);
        var nest = new LoopNest(indices.Shape.Dims, strides);
        IEnumerable<int> loops = Enumerable.Range(0, nest.Depth);
        Place places = step.Scratch(DType.Int64, indices.Count);
        step.Map<long, long, long>(Along, new LaunchSize(indices.Count, 4 * nest.Depth), indices, StepPreparation.Fault, places,
            [step.Node.Attributes.ContainsKey(Indexing.AreLabels) ? -data[axis] : data[axis], along, nest.Depth,
                .. loops.Select(loop => (long)nest.Extent(loop)), .. loops.Select(loop => nest.Stride(0, loop))]);
        return places;
    }

    /// <summary>The first element of a slice for each tuple along the last axis of the indices.</summary>
    public static Place OfTuples(StepPreparation step, Shape data, int batchDims, out int slice)
    {
        Place indices = step.Operands[1];
        int last = indices.Shape.Rank - 1, width = indices.Shape[last];
        slice = (int)data.CountOf(batchDims + width, data.Rank);
        long[] strides = data.Strides();
        IEnumerable<int> axes = Enumerable.Range(batchDims, width);
        Place places = step.Scratch(DType.Int64, indices.Shape.CountOf(0, last));
        step.Map<long, long, long>(Tuples, new LaunchSize(places.Count, 1 + (4 * width)), indices, StepPreparation.Fault, places,
            [indices.Shape.CountOf(batchDims, last), data.CountOf(batchDims, data.Rank), width, .. axes.Select(axis => (long)data[axis]),
                .. axes.Select(axis => strides[axis])]);
        return places;
    }

    private static void Along(Index1D thread, Items items, ArrayView<long> indices, ArrayView<long> fault, ArrayView<long> to,
        ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int depth = (int)numbers[2], rest = index;

        // The number of classes is negative if the indices are labels.
        long place = numbers[0] < 0 ? Faults.Class(indices[index], -numbers[0], fault) : Faults.Position(indices[index], numbers[0], fault);
        place *= numbers[1];
        for (int loop = depth - 1; loop >= 0; loop--)
        {
            int extent = (int)numbers[3 + loop], above = rest / extent;
            place += (rest - (above * extent)) * numbers[3 + depth + loop];
            rest = above;
        }

        to[index] = place;
    }

    private static void Tuples(Index1D thread, Items items, ArrayView<long> indices, ArrayView<long> fault, ArrayView<long> to,
        ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int width = (int)numbers[2];
        long place = index / (int)numbers[0] * numbers[1];
        for (int i = 0; i < width; i++)
        {
            place += Faults.Position(indices[((long)index * width) + i], numbers[3 + i], fault) * numbers[3 + width + i];
        }

        to[index] = place;
    }
}

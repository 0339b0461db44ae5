using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Gather, GatherElements and GatherND: the source of each element of the result, in integers, and then a copy by element size.</summary>
internal static class Gathers
{
    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("Gather", Gather),
        ("GatherElements", step => Take(step, GatherOffsets.OfElements(step, step.Operands[0].Shape), 1)),
        ("GatherND", step => Take(step, GatherOffsets.OfTuples(step, step.Operands[0].Shape, step.Node.Integer("batch_dims"), out int slice), slice)),
    ];

    private static void Gather(StepPreparation step)
    {
        ValueLayout data = step.Operands[0], indices = step.Operands[1];
        int axis = step.Node.Integer("axis"), slice = (int)data.Shape.CountOf(axis + 1, data.Shape.Rank);
        if (step.Result.Count == 0)
        {
            return;
        }

        ValueLayout offsets = step.Scratch(DType.Int64, step.Result.Count / slice);
        step.Map<long, long,
            long>(OfSlices, new LaunchSize(offsets.Count, 4), indices, StepPreparation.Fault, offsets, indices.Count, data.Shape[axis], slice);
        Take(step, offsets, slice);
    }

    private static void Take(StepPreparation step, ValueLayout indices, int slice)
    {
        switch (step.Result.DType.Size())
        {
            case 8: step.Map<long, long, long>(Copy, step.Result.Count, step.Operands[0], indices, step.Result, slice); break;
            case 4: step.Map<int, long, int>(Copy, step.Result.Count, step.Operands[0], indices, step.Result, slice); break;
            default: step.Map<byte, long, byte>(Copy, step.Result.Count, step.Operands[0], indices, step.Result, slice); break;
        }
    }

    private static void OfSlices(Index1D thread, Items items, ArrayView<long> indices, ArrayView<long> fault, ArrayView<long> to,
        ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int count = (int)numbers[0];
        long offset = Faults.Position(indices[index % count], numbers[1], fault);
        to[index] = ((index / count * numbers[1]) + offset) * numbers[2];
    }

    private static void Copy<T>(Index1D thread, Items items, ArrayView<T> from, ArrayView<long> indices, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
    {
        int index = items.First + thread;
        int slice = (int)numbers[0];
        to[index] = from[indices[index / slice] + (index % slice)];
    }
}

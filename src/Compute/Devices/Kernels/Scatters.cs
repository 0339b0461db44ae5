using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// ScatterElements and ScatterND. The updates are sorted by target, those of one target in their order, and one thread applies all updates of an
/// element: duplicates have a defined result, and sums always add up in the same order.
/// </summary>
internal static class Scatters
{
    // One thread applies all updates of an element, which may be that many.
    private const int RanksOfRound = 1 << 16;

    private static readonly string[] Reductions = ["none", "add", "mul", "max", "min"];

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("ScatterElements", step => Prepare(step, GatherOffsets.OfElements(step, step.Result.Shape), 1)),
        ("ScatterND", step => Prepare(step, GatherOffsets.OfTuples(step, step.Result.Shape, 0, out int slice), slice)),
    ];

    private static void Prepare(StepPreparation step, ValueLayout indices, int slice)
    {
        Copies.Copy(step, step.Operands[0], step.Result);
        if (indices.Count == 0 || slice == 0)
        {
            return;
        }

        ValueLayout order = Sorting.Sort<long, ArithmeticWhole>(step, indices, new AxisView(1, indices.Count, 1), descending: false).Order;
        int reduction = Array.IndexOf(Reductions, step.Node.Text("reduction"));
        switch (step.Result.DType)
        {
            case DType.Float64: Launch<double>(step, Join<double, Arithmetic64>, indices, order, slice, reduction); break;
            case DType.Float32: Launch<float>(step, Join<float, Arithmetic32>, indices, order, slice, reduction); break;
            case DType.Int64: Launch<long>(step, Join<long, ArithmeticWhole>, indices, order, slice, reduction); break;
            default: Launch<byte>(step, Replace, indices, order, slice, reduction); break;
        }
    }

    private static void Launch<T>(
        StepPreparation step,
        Action<Index1D, Items, ArrayView<T>, ArrayView<long>, ArrayView<long>, ArrayView<T>, ArrayView<long>> kernel,
        ValueLayout indices,
        ValueLayout order,
        int slice,
        int reduction)
        where T : unmanaged
    {
        int ranks = Math.Min(indices.Count, RanksOfRound);
        var size = new LaunchSize((long)ranks * slice, 8, LaunchSize.RoundsOf(indices.Count, ranks));
        step.Map(kernel, size, step.Operands[2], indices, order, step.Result, indices.Count, slice, reduction, ranks);
    }

    private static void Join<T, A>(
        Index1D thread, Items items, ArrayView<T> updates, ArrayView<long> indices, ArrayView<long> order, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int count = (int)numbers[0], slice = (int)numbers[1], reduction = (int)numbers[2];
        int begin = items.Round * (int)numbers[3], end = count - begin < (int)numbers[3] ? count : begin + (int)numbers[3];
        int rank = begin + (index / slice), at = index % slice;
        if (rank >= end)
        {
            return;
        }

        // Updates of an element that span several rounds continue from the result of the previous round.
        long offset = indices[order[rank]];
        if (rank > begin && indices[order[rank - 1]] == offset)
        {
            return;
        }

        T value = to[offset + at];
        while (rank < end && indices[order[rank]] == offset)
        {
            T update = updates[(order[rank] * slice) + at];
            value = reduction == 0 ? update
                : reduction == 1 ? A.Add(value, update)
                : reduction == 2 ? A.Mul(value, update)
                : reduction == 3 ? A.Max(value, update)
                : A.Min(value, update);
            rank++;
        }

        to[offset + at] = value;
    }

    private static void Replace(
        Index1D thread, Items items, ArrayView<byte> updates, ArrayView<long> indices, ArrayView<long> order, ArrayView<byte> to,
            ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int count = (int)numbers[0], slice = (int)numbers[1];
        int rank = (items.Round * (int)numbers[3]) + (index / slice), at = index % slice;
        if (rank >= count)
        {
            return;
        }

        long offset = indices[order[rank]];
        if (rank + 1 == count || indices[order[rank + 1]] != offset)
        {
            to[offset + at] = updates[(order[rank] * slice) + at];
        }
    }
}

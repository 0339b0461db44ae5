using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// ScatterElements and ScatterND. The updates are sorted by the place that they go to, those of one place in their order, and
/// one thread takes all updates of an element: duplicates have a defined result, and sums add up in the same order every time.
/// </summary>
internal static class Scatters
{
    private static readonly string[] Reductions = ["none", "add", "mul", "max", "min"];

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("ScatterElements", step => Prepare(step, Places.OfElements(step, step.Result.Shape), 1)),
        ("ScatterND", step => Prepare(step, Places.OfTuples(step, step.Result.Shape, 0, out int slice), slice)),
    ];

    private static void Prepare(StepPreparation step, Place places, int slice)
    {
        Copies.Copy(step, step.Operands[0], step.Result);
        if (places.Count == 0 || slice == 0)
        {
            return;
        }

        Place order = Sorting.Sort<long, ArithmeticWhole>(step, places, new AxisView(1, places.Count, 1), descending: false).Order;
        long threads = (long)places.Count * slice;
        int reduction = Array.IndexOf(Reductions, step.Node.Text("reduction"));
        switch (step.Result.DType)
        {
            case DType.Float64: Launch<double>(step, Join<double, Arithmetic64>, threads, places, order, slice, reduction); break;
            case DType.Float32: Launch<float>(step, Join<float, Arithmetic32>, threads, places, order, slice, reduction); break;
            case DType.Int64: Launch<long>(step, Join<long, ArithmeticWhole>, threads, places, order, slice, reduction); break;
            default: Launch<byte>(step, Replace, threads, places, order, slice, reduction); break;
        }
    }

    private static void Launch<T>(
        StepPreparation step,
        Action<Index1D, ArrayView<T>, ArrayView<long>, ArrayView<long>, ArrayView<T>, ArrayView<long>> kernel,
        long threads,
        Place places,
        Place order,
        int slice,
        int reduction)
        where T : unmanaged => step.Map(kernel, threads, step.Operands[2], places, order, step.Result, places.Count, slice, reduction);

    private static void Join<T, A>(
        Index1D index, ArrayView<T> updates, ArrayView<long> places, ArrayView<long> order, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int count = (int)numbers[0], slice = (int)numbers[1], reduction = (int)numbers[2];
        int rank = index / slice, at = index % slice;
        long place = places[order[rank]];
        if (rank > 0 && places[order[rank - 1]] == place)
        {
            return;
        }

        T value = to[place + at];
        while (rank < count && places[order[rank]] == place)
        {
            T update = updates[(order[rank] * slice) + at];
            value = reduction == 0 ? update
                : reduction == 1 ? A.Add(value, update)
                : reduction == 2 ? A.Mul(value, update)
                : reduction == 3 ? A.Max(value, update)
                : A.Min(value, update);
            rank++;
        }

        to[place + at] = value;
    }

    private static void Replace(
        Index1D index, ArrayView<byte> updates, ArrayView<long> places, ArrayView<long> order, ArrayView<byte> to, ArrayView<long> numbers)
    {
        int count = (int)numbers[0], slice = (int)numbers[1];
        int rank = index / slice, at = index % slice;
        long place = places[order[rank]];
        if (rank + 1 == count || places[order[rank + 1]] != place)
        {
            to[place + at] = updates[(order[rank] * slice) + at];
        }
    }
}

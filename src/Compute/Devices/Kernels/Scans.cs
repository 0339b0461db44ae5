using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Running sums: first the sums of stretches, then the sum before each stretch, then the stretches themselves.</summary>
internal static class Scans
{
    private const int Stretch = 256;

    // One thread processes the stretches of a lane.
    private const int StretchesOfRound = 1 << 12;

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() => [("CumSum", Prepare)];

    private static void Prepare(StepPreparation step)
    {
        switch (step.Result.DType)
        {
            case DType.Float64: Prepare<double, Arithmetic64>(step); break;
            case DType.Float32: Prepare<float, Arithmetic32>(step); break;
            default: Prepare<long, ArithmeticWhole>(step); break;
        }
    }

    private static void Prepare<T, A>(StepPreparation step)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        ValueLayout x = step.Operands[0];
        if (x.Count == 0)
        {
            return;
        }

        AxisView axis = AxisView.Of(x.Shape, step.Node.Integer("axis"));
        int stretches = ((axis.Length - 1) / Stretch) + 1;
        long lanes = (long)axis.Outer * axis.Inner;
        ValueLayout before = step.Scratch(x.DType, lanes * stretches);
        long[] numbers = [axis.Length, stretches, axis.Inner, step.Node.Integer("reverse"), step.Node.Integer("exclusive")];
        var size = new LaunchSize(lanes * stretches, 2 * Stretch);
        step.Map<T, T>(Totals<T, A>, size, x, before, numbers);
        var rounds = new LaunchSize(lanes, 2 * Math.Min(stretches, StretchesOfRound), LaunchSize.RoundsOf(stretches, StretchesOfRound));
        step.Map<T, T>(Offsets<T, A>, rounds, step.Scratch(x.DType, lanes), before, numbers);
        step.Map<T, T, T>(Sums<T, A>, size, x, before, step.Result, numbers);
    }

    private static void Totals<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], stretches = (int)numbers[1], inner = (int)numbers[2];
        int stretch = index / inner % stretches;
        long start = ((long)(index / inner / stretches) * length * inner) + (index % inner);
        T sum = A.Zero;
        for (int i = stretch * Stretch; i < length && i < (stretch + 1) * Stretch; i++)
        {
            sum = A.Add(sum, x[start + ((numbers[3] != 0 ? length - 1 - i : i) * (long)inner)]);
        }

        to[index] = sum;
    }

    private static void Offsets<T, A>(Index1D thread, Items items, ArrayView<T> reached, ArrayView<T> sums, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int stretches = (int)numbers[1], inner = (int)numbers[2];
        long start = ((long)(index / inner) * stretches * inner) + (index % inner);
        int from = items.Round * StretchesOfRound;
        T sum = from == 0 ? A.Zero : reached[index];
        for (int i = from; i < stretches && i < from + StretchesOfRound; i++)
        {
            T next = sums[start + ((long)i * inner)];
            sums[start + ((long)i * inner)] = sum;
            sum = A.Add(sum, next);
        }

        reached[index] = sum;
    }

    private static void Sums<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> before, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], stretches = (int)numbers[1], inner = (int)numbers[2];
        int stretch = index / inner % stretches;
        long start = ((long)(index / inner / stretches) * length * inner) + (index % inner);
        T sum = before[index];
        for (int i = stretch * Stretch; i < length && i < (stretch + 1) * Stretch; i++)
        {
            long at = start + ((numbers[3] != 0 ? length - 1 - i : i) * (long)inner);
            T next = A.Add(sum, x[at]);
            to[at] = numbers[4] != 0 ? sum : next;
            sum = next;
        }
    }
}

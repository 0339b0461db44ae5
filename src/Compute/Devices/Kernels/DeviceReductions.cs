using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Sums and extremes over axes. An axis is read in interleaved parts, one per thread, and the parts are reduced in turn: the order of combination
/// depends only on the extents, so that every run gives the same bits.
/// </summary>
internal static class DeviceReductions
{
    private const int PartLength = 128;
    private const int LongPart = 4096;
    private const int ManyLanes = 1 << 15;

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("ReduceSum", step => Run(step, 0, Sum)),
        ("ReduceMax", step => Run(step, double.NegativeInfinity, Max)),
        ("ReduceMin", step => Run(step, double.PositiveInfinity, Min)),
        ("ReduceL2", DeviceNorms.Prepare),
    ];

    /// <summary>Reduces over a node's axes in successive passes, each of which reads the output of the previous one.</summary>
    public static void Run(StepPreparation step, double identity, Action<StepPreparation, ValueLayout, AxisView, ValueLayout> pass)
    {
        ValueLayout from = step.Operands[0];
        if (from.Count == 0)
        {
            Copies.Fill(step, step.Single(identity, from.DType), step.Result);
            return;
        }

        List<AxisView> passes = AxisGroups.Passes(from.Shape, step.Node.Integers("axes"));
        for (int i = 0; i < passes.Count; i++)
        {
            AxisView axis = passes[i];
            ValueLayout to = i == passes.Count - 1 ? step.Result : step.Scratch(from.DType, (long)axis.Outer * axis.Inner);
            pass(step, from, axis, to);
            from = to;
        }

        if (passes.Count == 0)
        {
            Copies.Copy(step, from, step.Result);
        }
    }

    /// <summary>The sum over one axis.</summary>
    public static void Sum(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Summing<double, Arithmetic64>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Summing<float, Arithmetic32>>(step, x, axis, to); break;
            default: Reduce<long, Summing<long, ArithmeticWhole>>(step, x, axis, to); break;
        }
    }

    /// <summary>The greatest over one axis.</summary>
    public static void Max(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Greatest<double, Arithmetic64>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Greatest<float, Arithmetic32>>(step, x, axis, to); break;
            default: Reduce<long, Greatest<long, ArithmeticWhole>>(step, x, axis, to); break;
        }
    }

    /// <summary>The parts into which an axis is divided; a part has at least one element.</summary>
    public static int Parts(AxisView axis)
    {
        int length = (long)axis.Outer * axis.Inner >= ManyLanes ? LongPart : PartLength;
        return (axis.Length + length - 1) / length;
    }

    private static void Min(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Least<double, Arithmetic64>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Least<float, Arithmetic32>>(step, x, axis, to); break;
            default: Reduce<long, Least<long, ArithmeticWhole>>(step, x, axis, to); break;
        }
    }

    private static void Reduce<T, R>(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
        where T : unmanaged
        where R : struct, IReducer<T>
    {
        while (true)
        {
            int parts = Parts(axis);
            long threads = (long)axis.Outer * parts * axis.Inner;
            ValueLayout target = parts == 1 ? to : step.Scratch(x.DType, threads);
            step.Map<T, T>(Join<T, R>, new LaunchSize(threads, (double)axis.Length / parts), x, target, axis.Length, parts, axis.Inner);
            if (parts == 1)
            {
                return;
            }

            (x, axis) = (target, axis with { Length = parts });
        }
    }

    private static void Join<T, R>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where R : struct, IReducer<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2];
        int lane = index % inner, part = index / inner % parts, outer = index / inner / parts;
        long start = ((long)outer * length * inner) + lane;
        T sum = x[start + ((long)part * inner)];
        for (int i = part + parts; i < length; i += parts)
        {
            sum = R.Join(sum, x[start + ((long)i * inner)]);
        }

        to[index] = sum;
    }
}

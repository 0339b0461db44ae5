using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
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
        ValueLayout x = step.Operands[0];
        if (x.Count == 0)
        {
            Copies.Fill(step, step.Single(identity, x.DType), step.Result);
            return;
        }

        AxisView[] passes = AxisGroups.Passes(step.Node);
        if (passes.Length == 0)
        {
            Copies.Copy(step, x, step.Result);
        }

        Run(step, passes, (from, axis, to, _) => pass(step, from, axis, to));
    }

    /// <summary>Makes the passes over a node's operand.</summary>
    /// <param name="step">The step.</param>
    /// <param name="passes">The axes.</param>
    /// <param name="pass">Makes one, given what it reads, its axis, what it writes, and whether it is the last.</param>
    public static void Run(StepPreparation step, AxisView[] passes, Action<ValueLayout, AxisView, ValueLayout, bool> pass)
    {
        ValueLayout from = step.Operands[0];
        for (int i = 0; i < passes.Length; i++)
        {
            bool isLast = i == passes.Length - 1;
            ValueLayout to = isLast ? step.Result : step.Scratch(from.DType, (long)passes[i].Outer * passes[i].Inner);
            pass(from, passes[i], to, isLast);
            from = to;
        }
    }

    /// <summary>The sum over one axis.</summary>
    public static void Sum(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Folded<double, Summing<double, Arithmetic64>>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Folded<float, Summing<float, Arithmetic32>>>(step, x, axis, to); break;
            default: Reduce<long, Folded<long, Summing<long, ArithmeticWhole>>>(step, x, axis, to); break;
        }
    }

    /// <summary>The greatest over one axis.</summary>
    public static void Max(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Folded<double, Greatest<double, Arithmetic64>>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Folded<float, Greatest<float, Arithmetic32>>>(step, x, axis, to); break;
            default: Reduce<long, Folded<long, Greatest<long, ArithmeticWhole>>>(step, x, axis, to); break;
        }
    }

    /// <summary>The parts into which an axis is divided; a part has at least one element.</summary>
    public static int Parts(AxisView axis)
    {
        int length = (long)axis.Outer * axis.Inner >= ManyLanes ? LongPart : PartLength;
        return (axis.Length + length - 1) / length;
    }

    /// <summary>Folds one axis: its parts, then the results of these, until one is left.</summary>
    /// <param name="step">The step.</param>
    /// <param name="x">What is reduced.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="to">The results.</param>
    /// <param name="last">What the fold is given where a part is the whole axis; elsewhere it is given 0.</param>
    public static void Reduce<T, F>(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to, long last = 0)
        where T : unmanaged
        where F : struct, IFold<T>
    {
        while (true)
        {
            int parts = Parts(axis);
            long threads = (long)axis.Outer * parts * axis.Inner;
            ValueLayout target = parts == 1 ? to : step.Scratch(x.DType, threads);
            var size = new LaunchSize(threads, (double)axis.Length / parts);
            step.Map<T, T>(FoldPart<T, F>, size, x, target, axis.Length, parts, axis.Inner, parts == 1 ? last : 0);
            if (parts == 1)
            {
                return;
            }

            (x, axis) = (target, axis with { Length = parts });
        }
    }

    private static void Min(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        switch (x.DType)
        {
            case DType.Float64: Reduce<double, Folded<double, Least<double, Arithmetic64>>>(step, x, axis, to); break;
            case DType.Float32: Reduce<float, Folded<float, Least<float, Arithmetic32>>>(step, x, axis, to); break;
            default: Reduce<long, Folded<long, Least<long, ArithmeticWhole>>>(step, x, axis, to); break;
        }
    }

    private static void FoldPart<T, F>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where F : struct, IFold<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2];
        int lane = index % inner, part = index / inner % parts, outer = index / inner / parts;
        to[index] = F.Of(new AxisPart<T>(x, ((long)outer * length * inner) + lane, inner, part, parts, length), numbers[3]);
    }
}

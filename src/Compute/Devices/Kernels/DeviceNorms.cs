using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// The 2-norm over axes: that of interleaved parts, one per thread, and then the norm of these. A thread reads its part again if the squares left the
/// range.
/// </summary>
internal static class DeviceNorms
{
    /// <summary>The launches of a norm.</summary>
    public static void Prepare(StepPreparation step)
    {
        double epsilon = Domain.Operators.Primitives.Norms.Epsilon(step.Node);
        ValueLayout from = step.Operands[0];
        if (from.Count == 0)
        {
            Copies.Fill(step, step.Single(Math.Sqrt(epsilon), from.DType), step.Result);
            return;
        }

        List<AxisView> passes = AxisGroups.Passes(from.Shape, step.Node.Integers("axes"));
        if (passes.Count == 0)
        {
            passes.Add(new AxisView(checked((int)from.Count), 1, 1));
        }

        for (int i = 0; i < passes.Count; i++)
        {
            bool isLast = i == passes.Count - 1;
            ValueLayout to = isLast ? step.Result : step.Scratch(from.DType, (long)passes[i].Outer * passes[i].Inner);
            if (from.DType == DType.Float64)
            {
                Pass<double, Arithmetic64>(step, from, passes[i], to, isLast ? epsilon : 0);
            }
            else
            {
                Pass<float, Arithmetic32>(step, from, passes[i], to, isLast ? epsilon : 0);
            }

            from = to;
        }
    }

    private static void Pass<T, A>(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to, double epsilon)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        while (true)
        {
            int parts = DeviceReductions.Parts(axis);
            long threads = (long)axis.Outer * parts * axis.Inner;
            ValueLayout target = parts == 1 ? to : step.Scratch(x.DType, threads);
            long added = BitConverter.DoubleToInt64Bits(parts == 1 ? epsilon : 0);
            step.Map<T, T>(Join<T, A>, new LaunchSize(threads, (double)axis.Length / parts), x, target, axis.Length, parts, axis.Inner, added);
            if (parts == 1)
            {
                return;
            }

            (x, axis) = (target, axis with { Length = parts });
        }
    }

    private static void Join<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2];
        int lane = index % inner, part = index / inner % parts, outer = index / inner / parts;
        long start = ((long)outer * length * inner) + lane;
        T epsilon = A.Given(numbers[3]), sum = epsilon;
        for (int i = part; i < length; i += parts)
        {
            T element = x[start + ((long)i * inner)];
            sum = A.MultiplyAdd(element, element, sum);
        }

        T scale = A.NormScale(sum), scaled = A.Mul(A.Mul(epsilon, scale), scale);
        if (A.IsOutOfRange(sum))
        {
            for (int i = part; i < length; i += parts)
            {
                T element = A.Mul(x[start + ((long)i * inner)], scale);
                scaled = A.MultiplyAdd(element, element, scaled);
            }

            sum = scaled;
        }

        to[index] = A.Div(A.Sqrt(sum), scale);
    }
}

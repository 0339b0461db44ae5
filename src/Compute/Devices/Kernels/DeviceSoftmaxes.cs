using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Softmax, its logarithm and log-sum-exp: the maximum of an axis, the sum of exponentials relative to it, and a final step for each element.
/// </summary>
internal static class DeviceSoftmaxes
{
    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() =>
    [
        ("Softmax", step => Normalize(step, logarithm: false)),
        ("LogSoftmax", step => Normalize(step, logarithm: true)),
        ("ReduceLogSumExp", step => DeviceReductions.Run(step, double.NegativeInfinity, LogSumExp)),
    ];

    private static void Normalize(StepPreparation step, bool logarithm)
    {
        ValueLayout x = step.Operands[0];
        if (x.Count == 0)
        {
            return;
        }

        AxisView axis = AxisView.Of(x.Shape, step.Node.Integer("axis"));
        if (x.DType == DType.Float64)
        {
            (ValueLayout max, ValueLayout sum) = Sums<double, Arithmetic64>(step, x, axis, finite: false);
            sum = logarithm ? Logarithms<double, Arithmetic64>(step, x, axis, (max, sum), finite: false) : sum;
            step.Map<double, double, double,
                double>(End<double, Arithmetic64>, new LaunchSize(x.Count, 16), x, max, sum, step.Result, axis.Length, axis.Inner, logarithm ? 1 : 0);
        }
        else
        {
            (ValueLayout max, ValueLayout sum) = Sums<float, Arithmetic32>(step, x, axis, finite: false);
            sum = logarithm ? Logarithms<float, Arithmetic32>(step, x, axis, (max, sum), finite: false) : sum;
            step.Map<float, float, float,
                float>(End<float, Arithmetic32>, new LaunchSize(x.Count, 16), x, max, sum, step.Result, axis.Length, axis.Inner, logarithm ? 1 : 0);
        }
    }

    private static void LogSumExp(StepPreparation step, ValueLayout x, AxisView axis, ValueLayout to)
    {
        if (x.DType == DType.Float64)
        {
            (ValueLayout max, ValueLayout sum) = Sums<double, Arithmetic64>(step, x, axis, finite: true);
            step.Map<double, double,
                double>(Finish<double, Arithmetic64>, to.Count, max, Logarithms<double,
                Arithmetic64>(step, x, axis, (max, sum), finite: true), to, 0);
        }
        else
        {
            (ValueLayout max, ValueLayout sum) = Sums<float, Arithmetic32>(step, x, axis, finite: true);
            step.Map<float, float,
                float>(Finish<float, Arithmetic32>, to.Count, max, Logarithms<float, Arithmetic32>(step, x, axis, (max, sum), finite: true), to, 0);
        }
    }

    private static (ValueLayout Max, ValueLayout Sum) Sums<T, A>(StepPreparation step, ValueLayout x, AxisView axis, bool finite)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        long lanes = (long)axis.Outer * axis.Inner;
        ValueLayout max = step.Scratch(x.DType, lanes), sum = step.Scratch(x.DType, lanes);
        DeviceReductions.Max(step, x, axis, max);
        int parts = DeviceReductions.Parts(axis);
        ValueLayout partial = parts == 1 ? sum : step.Scratch(x.DType, lanes * parts);
        step.Map<T, T, T>(Exponentials<T, A>, new LaunchSize(lanes * parts, 8.0 * axis.Length / parts), x, max, partial, axis.Length, parts,
            axis.Inner, finite ? 1 : 0);
        if (parts > 1)
        {
            DeviceReductions.Sum(step, partial, axis with { Length = parts }, sum);
        }

        return (max, sum);
    }

    /// <summary>The sum of the exponentials of a part of an axis.</summary>
    private static void Exponentials<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> max, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], parts = (int)numbers[1], inner = (int)numbers[2];
        int lane = index % inner, part = index / inner % parts, outer = index / inner / parts;
        long start = ((long)outer * length * inner) + lane;
        T shift = max[(outer * inner) + lane];
        shift = numbers[3] != 0 ? Finite<T, A>(shift) : shift;
        T sum = A.Zero;
        for (int i = part; i < length; i += parts)
        {
            sum = A.Add(sum, A.Exp(A.Sub(x[start + ((long)i * inner)], shift)));
        }

        to[index] = sum;
    }

    private static ValueLayout Logarithms<T,
        A>(StepPreparation step, ValueLayout x, AxisView axis, (ValueLayout Max, ValueLayout Sum) of, bool finite)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        long lanes = (long)axis.Outer * axis.Inner;
        ValueLayout to = step.Scratch(x.DType, lanes);
        step.Map<T, T, T, T>(Logarithm<T, A>, new LaunchSize(lanes, 16), x, of.Max, of.Sum, to, axis.Length, axis.Inner, finite ? 1 : 0);
        return to;
    }

    // If the largest is nearly the whole sum, the others are summed again by themselves for log1p, as on the host.
    private static void Logarithm<T,
        A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> max, ArrayView<T> sum, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], inner = (int)numbers[1];
        T shift = numbers[2] != 0 ? Finite<T, A>(max[index]) : max[index];
        if (!A.IsNearlyOne(sum[index]))
        {
            to[index] = A.Log(sum[index]);
            return;
        }

        long start = ((long)(index / inner) * length * inner) + (index % inner);
        T others = A.Zero;
        for (int i = 0; i < length; i++)
        {
            T difference = A.Sub(x[start + ((long)i * inner)], shift);
            others = A.Less(difference, A.Zero) ? A.Add(others, A.Exp(difference)) : others;
        }

        to[index] = A.Log1p(others);
    }

    private static void End<T,
        A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> max, ArrayView<T> sum, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        int index = items.First + thread;
        int length = (int)numbers[0], inner = (int)numbers[1];
        int lane = (index / inner / length * inner) + (index % inner);
        T shifted = A.Sub(x[index], max[lane]);
        to[index] = numbers[2] != 0 ? A.Sub(shifted, sum[lane]) : A.Div(A.Exp(shifted), sum[lane]);
    }

    private static void Finish<T, A>(Index1D thread, Items items, ArrayView<T> max, ArrayView<T> sum, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IReal<T>
    {
        int index = items.First + thread;
        to[index] = A.Add(Finite<T, A>(max[index]), sum[index]);
    }

    /// <summary>An infinite maximum cannot be subtracted; without the subtraction, exp gives the same infinity or zero.</summary>
    private static T Finite<T, A>(T value)
        where T : unmanaged
        where A : struct, IReal<T> => A.IsInfinite(value) ? A.Zero : value;
}

using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>Fold and ArgMaxPool: each thread computes one element of the result from the windows that contain it, or from its window.</summary>
internal static class Windowings
{
    // A thread processes this many elements of a window at a time.
    private const int TermsOfRound = 1 << 10;

    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() => [("Fold", Fold), ("ArgMaxPool", ArgMaxPool)];

    private static LaunchSize Size(long count, int terms, double cost) =>
        new(count, cost * Math.Min(terms, TermsOfRound), LaunchSize.RoundsOf(terms, TermsOfRound));

    private static void Fold(StepPreparation step)
    {
        ValueLayout x = step.Operands[0];
        int axis = step.Node.Integer("axis");
        AxisView rows = AxisView.Of(step.Result.Shape, axis);
        long[] numbers = [x.Shape[axis], x.Shape[axis + 1], rows.Length, rows.Inner, step.Node.Integer("stride"), step.Node.Integer("dilation")];
        LaunchSize size = Size(step.Result.Count, x.Shape[axis + 1], 2);
        switch (step.Result.DType)
        {
            case DType.Float64: step.Map<double, double>(Fold<double, Arithmetic64>, size, x, step.Result, numbers); break;
            case DType.Float32: step.Map<float, float>(Fold<float, Arithmetic32>, size, x, step.Result, numbers); break;
            default: step.Map<long, long>(Fold<long, ArithmeticWhole>, size, x, step.Result, numbers); break;
        }
    }

    private static void Fold<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<T> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int count = (int)numbers[0], size = (int)numbers[1], extent = (int)numbers[2], inner = (int)numbers[3];
        int stride = (int)numbers[4], dilation = (int)numbers[5];
        int lane = index % inner, at = index / inner % extent, outer = index / inner / extent;
        int from = items.Round * TermsOfRound;
        T sum = from == 0 ? A.Zero : to[index];
        for (int k = from; k < size && k < from + TermsOfRound; k++)
        {
            int start = at - (k * dilation), window = start / stride;
            if (start >= 0 && window * stride == start && window < count)
            {
                sum = A.Add(sum, x[((((long)outer * count) + window) * size * inner) + ((long)k * inner) + lane]);
            }
        }

        to[index] = sum;
    }

    private static void ArgMaxPool(StepPreparation step)
    {
        ValueLayout x = step.Operands[0];
        int[] kernel = step.Node.Integers("kernel_shape");
        int spatial = kernel.Length, lead = x.Shape.Rank - spatial;
        IEnumerable<long> axes = Enumerable.Range(0, spatial).SelectMany(i => new long[]
        {
            x.Shape[lead + i], step.Result.Shape[lead + i], kernel[i], step.Node.Integers("strides")[i], step.Node.Integers("dilations")[i],
                step.Node.Integers("pads")[i],
        });
        long[] numbers = [spatial, kernel.Aggregate(1L, (taps, size) => taps * size), .. axes];
        LaunchSize size = Size(step.Result.Count, checked((int)numbers[1]), 8.0 * spatial);
        switch (x.DType)
        {
            case DType.Float64: step.Map<double, long>(ArgMaxPool<double, Arithmetic64>, size, x, step.Result, numbers); break;
            case DType.Float32: step.Map<float, long>(ArgMaxPool<float, Arithmetic32>, size, x, step.Result, numbers); break;
            default: step.Map<long, long>(ArgMaxPool<long, ArithmeticWhole>, size, x, step.Result, numbers); break;
        }
    }

    private static void ArgMaxPool<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<long> to, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int spatial = (int)numbers[0], taps = (int)numbers[1], from = items.Round * TermsOfRound, plane = index;
        long elements = 1;
        for (int axis = 0; axis < spatial; axis++)
        {
            plane /= (int)numbers[2 + (6 * axis) + 1];
            elements *= numbers[2 + (6 * axis)];
        }

        long first = plane * elements, best = from == 0 ? -1 : to[index];
        T most = best < 0 ? A.Zero : x[first + best];
        for (int tap = from; tap < taps && tap < from + TermsOfRound; tap++)
        {
            int rest = tap, window = index;
            long offset = 0, stride = 1;
            bool isInside = true;
            for (int axis = spatial - 1; axis >= 0; axis--)
            {
                int row = 2 + (6 * axis), size = (int)numbers[row + 2], count = (int)numbers[row + 1];
                long at = (window % count * numbers[row + 3]) + (rest % size * numbers[row + 4]) - numbers[row + 5];
                isInside = isInside && at >= 0 && at < numbers[row];
                offset += at * stride;
                stride *= numbers[row];
                rest /= size;
                window /= count;
            }

            if (isInside)
            {
                T value = x[first + offset];
                if (best < 0 || A.Less(most, value) || (A.IsNaN(value) && !A.IsNaN(most)))
                {
                    best = offset;
                    most = value;
                }
            }
        }

        to[index] = best;
    }
}

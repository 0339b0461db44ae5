using Backprop.Compute.Devices.Functions;
using Backprop.Compute.Devices.Memory;
using Backprop.Compute.Host.Kernels;
using Backprop.Domain.Graphs;
using ILGPU;

namespace Backprop.Compute.Devices.Kernels;

/// <summary>
/// Sorts the positions of an axis by value with a bitonic network: equal ones by position, NaN as the largest. No two positions compare equal, so
/// that the order is always the same.
/// </summary>
internal static class Sorting
{
    public static IEnumerable<(string Name, Action<StepPreparation> Prepare)> Rows() => [("ArgTopK", ArgTopK)];

    /// <summary>Sorts; every lane of the result has as many positions as the next power of two, those beyond the axis last.</summary>
    public static (ValueLayout Order, int Padded) Sort<T, A>(StepPreparation step, ValueLayout x, AxisView axis, bool descending)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int padded = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(axis.Length, 1));
        long lanes = (long)axis.Outer * axis.Inner;
        ValueLayout order = step.Scratch(DType.Int64, lanes * padded);
        step.Map<long, long>(Begin, order.Count, order, order, padded);
        for (int block = 2; block <= padded; block *= 2)
        {
            for (int distance = block / 2; distance > 0; distance /= 2)
            {
                step.Map<T, long>(Exchange<T, A>, new LaunchSize(lanes * (padded / 2), 8), x, order, padded, axis.Length, axis.Inner, block, distance,
                    descending ? 1 : 0);
            }
        }

        return (order, padded);
    }

    private static void ArgTopK(StepPreparation step)
    {
        if (step.Result.Count == 0)
        {
            return;
        }

        ValueLayout x = step.Operands[0];
        AxisView axis = AxisView.Of(x.Shape, step.Node.Integer("axis"));
        bool descending = step.Node.Flag("largest");
        (ValueLayout order, int padded) = x.DType switch
        {
            DType.Float64 => Sort<double, Arithmetic64>(step, x, axis, descending),
            DType.Float32 => Sort<float, Arithmetic32>(step, x, axis, descending),
            _ => Sort<long, ArithmeticWhole>(step, x, axis, descending),
        };
        step.Map<long, long>(Take, step.Result.Count, order, step.Result, padded, step.Node.Integer("k"), axis.Inner);
    }

    private static void Begin(Index1D thread, Items items, ArrayView<long> ignored, ArrayView<long> order, ArrayView<long> numbers)
    {
        int index = items.First + thread;
        order[index] = index % (int)numbers[0];
    }

    private static void Exchange<T, A>(Index1D thread, Items items, ArrayView<T> x, ArrayView<long> order, ArrayView<long> numbers)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        int index = items.First + thread;
        int padded = (int)numbers[0], length = (int)numbers[1], inner = (int)numbers[2], block = (int)numbers[3], distance = (int)numbers[4];
        bool descending = numbers[5] != 0;
        int pairs = padded / 2, lane = index / pairs, pair = index % pairs;
        int offset = (pair / distance * 2 * distance) + (pair % distance);
        long first = ((long)lane * padded) + offset, second = first + distance;
        long a = order[first], b = order[second], start = ((long)(lane / inner) * length * inner) + (lane % inner);
        bool wrong = (offset & block) == 0
            ? Precedes<T, A>(x, start, inner, length, b, a, descending)
            : Precedes<T, A>(x, start, inner, length, a, b, descending);
        order[first] = wrong ? b : a;
        order[second] = wrong ? a : b;
    }

    private static bool Precedes<T, A>(ArrayView<T> x, long start, int inner, int length, long a, long b, bool descending)
        where T : unmanaged
        where A : struct, IArithmetic<T>
    {
        if (a >= length || b >= length)
        {
            return a < b;
        }

        T left = x[start + (a * inner)], right = x[start + (b * inner)];
        bool less = A.Less(left, right) || (!A.IsNaN(left) && A.IsNaN(right));
        bool greater = A.Less(right, left) || (!A.IsNaN(right) && A.IsNaN(left));
        return less ? !descending : greater ? descending : a < b;
    }

    private static void Take(Index1D thread, Items items, ArrayView<long> order, ArrayView<long> to, ArrayView<long> numbers)
    {
        int index = items.First + thread;
        int padded = (int)numbers[0], k = (int)numbers[1], inner = (int)numbers[2];
        int rank = index / inner % k, lane = (index / inner / k * inner) + (index % inner);
        to[index] = order[((long)lane * padded) + rank];
    }
}
